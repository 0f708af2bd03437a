import type { Claims } from "./claims.ts"
import { HookgramError, verdictOf } from "./errors.ts"
import type { Events } from "./events.ts"
import { handlerFunction, type HandlerFunction } from "./handler.ts"
import type { Lanes } from "./lanes.ts"
import type { ResolvedOptions } from "./options.ts"
import { handled, type Outcome } from "./outcome.ts"
import { lateReply, replyOf, unfitReply, type WebhookReply } from "./reply.ts"
import { Context, type Run } from "./run.ts"
import type { Runs } from "./runs.ts"
import { dateOf } from "./update.ts"

/** What is done for one update: claim, attempts in its lane, completion, release or dead letter. */
export class Process {
  readonly #options: ResolvedOptions
  readonly #handler: HandlerFunction
  readonly #runs: Runs
  readonly #claims: Claims
  readonly #lanes: Lanes
  readonly #events: Events
  /** Set by `close()`: nothing is put off any more. */
  #isClosing = false
  #controller: AbortController | undefined

  constructor(options: ResolvedOptions, runs: Runs, claims: Claims, lanes: Lanes, events: Events) {
    this.#options = options
    this.#handler = handlerFunction(options.handler)
    this.#runs = runs
    this.#claims = claims
    this.#lanes = lanes
    this.#events = events
  }

  /** Aborted by {@link close}. Created when it is first asked for: most handlers never look. */
  get closing(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#isClosing) this.#controller.abort(closed())
    return this.#controller.signal
  }

  /** From now on nothing is put off. */
  close(): void {
    this.#isClosing = true
    this.#controller?.abort(closed())
  }

  /** Takes a run, which has entered its lane, to its end and settles it. Never rejects. */
  async run(run: Run): Promise<void> {
    try {
      const refusal = await this.#claims.take(run)
      if (refusal) return this.#end(run, refusal)
      if (run.abandoned) return await this.#claims.release(run)
      const hopeless = this.#hopeless(run)
      if (hopeless) return this.#end(run, await this.#deadLetter(run, hopeless))
      if (run.answerAtOnce) this.acknowledge(run, "deadline")
      for (;;) {
        if (!this.#lanes.ready(run)) await run.turn()
        const started = this.#events.clock()
        this.#events.emit("started", run.update, { attempt: run.attempt })
        try {
          const reply = replyOf(await this.#handler(run.update, new Context(run, this)))
          const rides = reply !== undefined && (await this.#placeReply(run, reply))
          this.#succeed(run, started, rides ? { result: "handled", reply } : handled)
          return await this.#claims.complete(run)
        } catch (error) {
          const outcome = await this.#fail(run, started, error)
          if (outcome) return this.#end(run, outcome)
        }
        run.attempt++
        this.#lanes.enter(run)
      }
    } catch (error) {
      this.#fault(run, error)
    } finally {
      this.#runs.remove(run)
    }
  }

  /** What should not happen: a fault of our own. */
  #fault(run: Run, error: unknown): void {
    this.#events.emit("faulted", undefined, { error })
    this.#end(run, { result: "failed", error })
    void this.#claims.release(run)
  }

  /** Lets the next one of the lane in, and tells those that wait. */
  #end(run: Run, outcome: Outcome): void {
    this.#lanes.leave(run)
    run.settle(outcome)
  }

  /** Why this update is not to be run at all. */
  #hopeless({ attempt, update }: Run): HookgramError | undefined {
    const { maxAttempts, maxAge } = this.#options
    if (attempt > maxAttempts) {
      return new HookgramError("attempts_exhausted", `The update was given up on after ${maxAttempts} attempts.`)
    }
    const date = maxAge === Number.POSITIVE_INFINITY ? undefined : dateOf(update)
    if (date !== undefined && Date.now() - date * 1000 > maxAge) {
      return new HookgramError("too_old", `The update is older than maxAge, ${maxAge} ms.`)
    }
    return undefined
  }

  #succeed(run: Run, started: number, outcome: Outcome): void {
    this.#events.emit("finished", run.update, { attempt: run.attempt, duration: this.#events.clock() - started })
    this.#end(run, outcome)
  }

  /** Whether a reply can ride on the answer that is being waited for. If not, sends it. */
  async #placeReply(run: Run, reply: WebhookReply): Promise<boolean> {
    const unfit = unfitReply(reply)
    if (!unfit && run.isAwaited) return true
    const { callApi } = this.#options
    if (!callApi) throw unfit ?? lateReply(reply)
    await callApi(reply)
    return false
  }

  /** What follows from a failure; `undefined` for another attempt here, for which the time has come. */
  async #fail(run: Run, started: number, error: unknown): Promise<Outcome | undefined> {
    run.phase = "settling"
    this.#events.emit("failed", run.update, { attempt: run.attempt, duration: this.#events.clock() - started, error })
    this.#lanes.leave(run)
    if (run.leaseLost || run.abandoned) return { result: "failed", error }
    const verdict = verdictOf(error)
    const exhausted = run.attempt >= this.#options.maxAttempts
    const retryAfter = verdict?.retry && !exhausted ? verdict.seconds : undefined
    if (run.acknowledged && retryAfter !== undefined && !this.#isClosing) {
      run.phase = "claimed"
      await run.delay(retryAfter * 1000)
      if (!this.#isClosing) return undefined
    }
    if (run.acknowledged || exhausted || verdict?.retry === false) return this.#deadLetter(run, error)
    await this.#claims.release(run)
    return { result: "failed", error, retryAfter }
  }

  async #deadLetter(run: Run, error: unknown): Promise<Outcome> {
    const { update, attempt: attempts } = run
    run.phase = "settling"
    try {
      await this.#options.onDeadLetter?.(update, error, attempts)
    } catch (cause) {
      this.#events.emit("deadLetterFailed", update, { attempts, error: cause })
      await this.#claims.release(run)
      return { result: "failed", error: cause }
    }
    this.#events.emit("deadLettered", update, { attempts, error })
    await this.#claims.complete(run)
    return { result: "deadLettered", error }
  }

  /** Lets Telegram be told 200 while the handler goes on. */
  acknowledge(run: Run, by: "deadline" | "detach"): void {
    if (run.acknowledged) return
    this.#events.emit("acknowledged", run.update, { by })
    run.acknowledge()
    this.#claims.keep(run)
  }

  /** Acknowledges, and lets the next update of the lane in. */
  detach(run: Run): void {
    if (!run.mayPromise) return
    this.acknowledge(run, "detach")
    this.#lanes.leave(run)
  }

  /** Gives a run back at the end of `close()`, so that Telegram or another machine takes it up. */
  async abandon(run: Run, error: HookgramError): Promise<void> {
    run.abandoned = true
    this.#lanes.leave(run)
    if (run.acknowledged) {
      run.settle(await this.#deadLetter(run, error))
      return
    }
    run.settle({ result: "closing" })
    if (run.phase !== "claiming" && !run.leaseLost) await this.#claims.release(run)
  }
}

function closed(): HookgramError {
  return new HookgramError("closing", "The webhook is being closed: no more updates come.")
}
