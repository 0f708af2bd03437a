import { Claims } from "./claims.ts"
import { HookgramError } from "./errors.ts"
import { about, type Observer } from "./events.ts"
import { type LaneKey, Lanes } from "./lanes.ts"
import type { ResolvedOptions } from "./options.ts"
import type { Outcome } from "./outcome.ts"
import { Process } from "./process.ts"
import { Run } from "./run.ts"
import type { Update } from "./update.ts"

/** Milliseconds that handlers have to notice that `signal` was aborted, and dead letters to be stored. */
const GRACE = 1000

/** Milliseconds that a request waits for its claim when it waits for nothing else. */
const STORE_PATIENCE = 5000

const DEFAULT_CLOSE_TIMEOUT = 10_000

/** Brings deliveries and runs together: join, limits, deadline, drain. What a run goes through is in {@link Process}. */
export class Dispatcher {
  readonly #options: ResolvedOptions
  readonly #emit: Observer
  readonly #lanes: Lanes
  readonly #claims: Claims
  readonly #process: Process
  readonly #runs = new Map<number, Run>()
  #closed: Promise<void> | undefined
  #onIdle: (() => void) | undefined

  constructor(options: ResolvedOptions, emit: Observer) {
    this.#options = options
    this.#emit = emit
    this.#lanes = new Lanes(options.concurrency)
    this.#claims = new Claims(options, emit)
    this.#process = new Process(options, this.#claims, this.#lanes, emit)
  }

  get isClosing(): boolean {
    return this.#closed !== undefined
  }

  get running(): number {
    return this.#lanes.running
  }

  get waiting(): number {
    return this.#lanes.waiting
  }

  /** Runs that hold neither a lane nor a slot: detached, waiting to be run again, or being noted in the store. */
  get detached(): number {
    return this.#runs.size - this.#lanes.running - this.#lanes.waiting
  }

  /**
   * Takes one delivery of an update to its outcome.
   *
   * @param deadline milliseconds that the caller waits; 0 not at all, `Infinity` until the handler is done
   */
  deliver(update: Update, deadline: number): Outcome | Promise<Outcome> {
    this.#emit(about(update, { type: "received" }))
    if (this.isClosing) return this.#refuse(update, "closing")
    const running = this.#runs.get(update.update_id)
    if (running) {
      this.#emit(about(update, { type: "joined" }))
      return running.outcome ?? this.#wait(running, deadline)
    }
    let lane: LaneKey | undefined
    try {
      lane = this.#options.lane(update)
    } catch (error) {
      this.#emit({ type: "faulted", error })
      return { result: "failed", error }
    }
    if (this.#lanes.isTaken(lane) && this.#lanes.waiting >= this.#options.queueLimit) return this.#refuse(update, "busy")
    return this.#start(update, lane, deadline)
  }

  #refuse(update: Update, reason: "busy" | "closing"): Outcome {
    this.#emit(about(update, { type: "refused", reason }))
    return { result: reason }
  }

  #start(update: Update, lane: LaneKey | undefined, deadline: number): Outcome | Promise<Outcome> {
    const key = `${this.#options.botId}:${update.update_id}`
    const run = new Run(update, key, lane, deadline)
    this.#runs.set(update.update_id, run)
    this.#lanes.enter(run)
    const outcome = this.#wait(run, deadline)
    this.#process.run(run).then(
      () => this.#forget(run),
      (error: unknown) => this.#fault(run, error),
    )
    return outcome
  }

  /** What cannot happen, such as an error object that throws when it is looked at. */
  #fault(run: Run, error: unknown): void {
    this.#emit({ type: "faulted", error })
    this.#lanes.leave(run)
    run.settle({ result: "failed", error })
    this.#forget(run)
  }

  #forget(run: Run): void {
    run.stopHeartbeat()
    if (this.#runs.get(run.update.update_id) === run) this.#runs.delete(run.update.update_id)
    if (this.#runs.size === 0) this.#onIdle?.()
  }

  #wait(run: Run, deadline: number): Outcome | Promise<Outcome> {
    if (run.acknowledged) return { result: "acknowledged" }
    return new Promise((resolve) => {
      if (deadline === Number.POSITIVE_INFINITY) {
        run.wait(resolve)
        this.#claims.keep(run)
        return
      }
      const waiter = (outcome: Outcome): void => {
        clearTimeout(timer)
        resolve(outcome)
      }
      // With a deadline of 0, the run acknowledges itself once it has its claim: this is for a store that hangs.
      const timer = setTimeout(() => this.#overdue(run, waiter), deadline || STORE_PATIENCE)
      run.wait(waiter)
    })
  }

  #overdue(run: Run, waiter: (outcome: Outcome) => void): void {
    this.#claims.keep(run)
    if (run.phase === "claimed" && this.#options.onDeadline === "acknowledge") return this.#process.acknowledge(run, "deadline")
    run.unwait(waiter)
    this.#emit(about(run.update, { type: "unfinished" }))
    waiter({ result: "unfinished", retryAfter: 1 })
  }

  /** Lets what is here finish, then takes it away. */
  close(timeout: number = DEFAULT_CLOSE_TIMEOUT): Promise<void> {
    return (this.#closed ??= this.#drain(timeout))
  }

  async #drain(timeout: number): Promise<void> {
    this.#process.closing = true
    for (const run of this.#runs.values()) run.endDelay()
    if (await this.#idleWithin(timeout)) return
    const error = new HookgramError("closing", "The webhook was closed before the handler was done.")
    for (const run of this.#runs.values()) run.abort(error)
    if (await this.#idleWithin(GRACE)) return
    const left = [...this.#runs.values()].map(async (run) => {
      await this.#process.abandon(run, error)
      this.#forget(run)
    })
    await within(GRACE, Promise.all(left))
  }

  #idleWithin(milliseconds: number): Promise<boolean> {
    if (this.#runs.size === 0) return Promise.resolve(true)
    const idle = new Promise<void>((resolve) => {
      this.#onIdle = resolve
    })
    return within(milliseconds, idle)
  }
}

/** Whether a promise resolves within so many milliseconds. */
function within(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds)
    void promise.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
