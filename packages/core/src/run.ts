import type { UpdateKey } from "./dedup.ts"
import type { HandlerContext } from "./handler.ts"
import { Ticket, type LaneKey } from "./lanes.ts"
import { handled, type Outcome } from "./outcome.ts"
import type { Update } from "./update.ts"

/**
 * How far a run has come, as far as a delivery whose deadline passes has to know: nothing may be promised while it is not
 * yet `claimed`, nor while a failure of it is being `settled`.
 */
export type Phase = "claiming" | "claimed" | "settling"

/** A delivery that waits for the outcome. */
export interface Waiter {
  settle(outcome: Outcome): void
}

const over = Promise.resolve()

/** An update on its way through the dispatcher: from its claim to its outcome, over all its attempts here. */
export class Run extends Ticket {
  readonly update: Update
  readonly key: UpdateKey
  /** In Unix milliseconds. */
  readonly arrived: number
  /** When the first delivery will have been answered, in Unix milliseconds. */
  readonly deadline: number
  readonly answerAtOnce: boolean
  phase: Phase = "claiming"
  attempt = 0
  /** Telegram was told 200, so it never sends the update again. */
  acknowledged = false
  leaseLost = false
  /** Given back by `close()`: whatever the handler still does no longer counts. */
  abandoned = false
  outcome: Outcome | undefined
  /** Resolves when all is done, also what follows the outcome. Never rejects. */
  ended: Promise<void> = over
  /** The last sign of life, in Unix milliseconds: its arrival, or a beat. */
  seen: number
  #waiters: Waiter[] | undefined
  #onStart: (() => void) | undefined
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #endDelay: (() => void) | undefined
  #controller: AbortController | undefined
  #abortReason: unknown

  /** @param wait milliseconds that the first delivery waits; 0 not at all, `Infinity` until the handler is done */
  constructor(update: Update, bot: string, lane: LaneKey | undefined, now: number, wait: number) {
    super(lane)
    this.update = update
    this.key = { bot, updateId: update.update_id }
    this.arrived = this.seen = now
    this.deadline = now + wait
    this.answerAtOnce = wait === 0
  }

  override start(): void {
    this.#onStart?.()
  }

  /** Resolves when the run is started by its lane. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#onStart = resolve
    })
  }

  /** Whether Telegram may be told 200 before the outcome is known: only while the claim is held and nothing has failed. */
  get mayPromise(): boolean {
    return this.phase === "claimed" && !this.leaseLost && !this.abandoned && !this.outcome
  }

  /** Whether a delivery is waiting for the outcome. */
  get isAwaited(): boolean {
    return this.#waiters !== undefined
  }

  wait(waiter: Waiter): void {
    if (this.#waiters) this.#waiters.push(waiter)
    else this.#waiters = [waiter]
  }

  unwait(waiter: Waiter): void {
    const others = this.#waiters?.filter((other) => other !== waiter)
    this.#waiters = others?.length ? others : undefined
  }

  /** Tells all that wait. Only one of them gets the reply: it may be carried out once. */
  settle(outcome: Outcome): void {
    this.outcome = withoutReply(outcome)
    this.#tell(outcome)
  }

  /** Tells all that wait that Telegram may forget the update, while the handler goes on. */
  acknowledge(): void {
    this.acknowledged = true
    this.#tell({ result: "acknowledged" })
  }

  #tell(outcome: Outcome): void {
    const waiters = this.#waiters
    this.#waiters = undefined
    waiters?.forEach((waiter, index) => waiter.settle(index === 0 ? outcome : withoutReply(outcome)))
  }

  /** Created when it is first asked for: most handlers never look. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#abortReason !== undefined) this.#controller.abort(this.#abortReason)
    return this.#controller.signal
  }

  abort(reason: Error): void {
    this.#abortReason ??= reason
    this.#controller?.abort(this.#abortReason)
  }

  /** Whether the claim is being renewed. */
  get isKept(): boolean {
    return this.#heartbeat !== undefined
  }

  startHeartbeat(beat: () => void, interval: number): void {
    this.#heartbeat ??= setInterval(() => {
      this.seen = Date.now()
      beat()
    }, interval)
  }

  stopHeartbeat(): void {
    clearInterval(this.#heartbeat)
    this.#heartbeat = undefined
  }

  /** Waits before another attempt. */
  delay(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#endDelay = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Ends a wait before another attempt, if there is one. */
  endDelay(): void {
    this.#endDelay?.()
  }
}

function withoutReply(outcome: Outcome): Outcome {
  return outcome.result === "handled" ? handled : outcome
}

/** What a run's context asks of what runs it. */
interface RunProcess {
  readonly closing: AbortSignal
  detach(run: Run): void
}

/** What the handler sees of its run. Getters on the class cost nothing until they are used. */
export class Context implements HandlerContext {
  readonly attempt: number
  readonly deadline: number
  readonly #run: Run
  readonly #process: RunProcess

  constructor(run: Run, process: RunProcess) {
    this.attempt = run.attempt
    this.deadline = run.deadline
    this.#run = run
    this.#process = process
  }

  get signal(): AbortSignal {
    return this.#run.signal
  }

  get closing(): AbortSignal {
    return this.#process.closing
  }

  get detach(): () => void {
    return () => this.#process.detach(this.#run)
  }
}
