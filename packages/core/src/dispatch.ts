import { Claims } from "./claims.ts"
import { Delivery } from "./delivery.ts"
import { HookgramError } from "./errors.ts"
import type { Events } from "./events.ts"
import { Hosts } from "./hosts.ts"
import { type LaneKey, Lanes } from "./lanes.ts"
import type { ResolvedOptions } from "./options.ts"
import type { Outcome } from "./outcome.ts"
import { type Patience, patience } from "./patience.ts"
import { Process } from "./process.ts"
import type { WebhookRequest } from "./request.ts"
import { Run } from "./run.ts"
import { Runs, within } from "./runs.ts"
import { Timeouts } from "./timeouts.ts"
import type { Update } from "./update.ts"

/** Milliseconds that handlers have to notice that `signal` was aborted, and dead letters to be stored. */
const GRACE = 1000

/** Milliseconds that a request waits for its claim when it waits for nothing else. */
const STORE_PATIENCE = 5000

const DEFAULT_CLOSE_TIMEOUT = 10_000

/** Brings deliveries and runs together: join, limits, deadline, drain. What a run goes through is in {@link Process}. */
export class Dispatcher {
  readonly #options: ResolvedOptions
  readonly #events: Events
  readonly #lanes: Lanes
  readonly #usual: Patience
  readonly #claims: Claims
  readonly #process: Process
  readonly #hosts: Hosts
  readonly #runs = new Runs()
  /** The last update that was delivered, and when, in Unix milliseconds. */
  lastId: number | undefined
  lastAt = 0
  #closed: Promise<void> | undefined

  constructor(options: ResolvedOptions, events: Events) {
    this.#options = options
    this.#events = events
    this.#lanes = new Lanes(options.concurrency)
    // With a deadline of 0, a run acknowledges itself once it has its claim: this is for a store that hangs.
    const timeouts = new Timeouts(options.deadline || STORE_PATIENCE)
    this.#usual = { wait: options.deadline, timeouts, isLast: false }
    this.#claims = new Claims(options, events)
    this.#process = new Process(options, this.#runs, this.#claims, this.#lanes, events)
    this.#hosts = new Hosts(options, this.#runs, this.#claims, this.#process, events)
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
   * @param request what it came by; without one, the caller waits until the handler is done, and not just until the deadline
   */
  deliver(update: Update, request?: WebhookRequest): Outcome | Promise<Outcome> {
    const now = Date.now()
    const waits = patience(request, this.#usual)
    if (request?.waitUntil) this.#hosts.bury(now, request)
    this.lastId = update.update_id
    this.lastAt = now
    this.#events.emit("received", update)
    if (this.isClosing) return this.#refuse(update, "closing")
    const running = this.#runs.get(update.update_id)
    if (running) {
      this.#events.emit("joined", update)
      return running.outcome ?? this.#wait(running, waits)
    }
    let lane: LaneKey | undefined
    try {
      lane = this.#options.lane(update)
    } catch (error) {
      this.#events.emit("faulted", undefined, { error })
      return { result: "failed", error }
    }
    if (!this.#hasRoom(lane)) return this.#refuse(update, "busy")
    return this.#start(new Run(update, this.#options.botId, lane, now, waits.wait), waits)
  }

  #hasRoom(lane: LaneKey | undefined): boolean {
    const { concurrency, queueLimit } = this.#options
    const { running, waiting } = this.#lanes
    return running + waiting < concurrency + queueLimit && (waiting < queueLimit || !this.#lanes.isTaken(lane))
  }

  #refuse(update: Update, reason: "busy" | "closing"): Outcome {
    this.#events.emit("refused", update, { reason })
    return { result: reason }
  }

  #start(run: Run, waits: Patience): Outcome | Promise<Outcome> {
    this.#runs.add(run)
    this.#lanes.enter(run)
    const outcome = this.#wait(run, waits)
    run.ended = this.#process.run(run)
    return outcome
  }

  #wait(run: Run, { timeouts, isLast }: Patience): Outcome | Promise<Outcome> {
    if (run.acknowledged) return { result: "acknowledged" }
    return new Promise((resolve) => {
      if (timeouts) {
        const delivery = new Delivery(run, this, timeouts, isLast, resolve)
        timeouts.start(delivery)
        run.wait(delivery)
      } else {
        run.wait({ settle: resolve })
        this.#claims.keep(run)
      }
    })
  }

  /** Lets the host of a request, which is about to be answered, see to what of its update's run is not over. */
  leave({ update_id }: Update, outcome: Outcome, request: WebhookRequest): Promise<void> | undefined {
    const run = this.#runs.get(update_id)
    return run && this.#hosts.leave(run, outcome, request)
  }

  /** The deadline of a delivery has passed. */
  overdue(run: Run, delivery: Delivery): void {
    this.#claims.keep(run)
    const promises = this.#options.onDeadline === "acknowledge" && !delivery.isLast
    if (promises && run.mayPromise) return this.#process.acknowledge(run, "deadline")
    run.unwait(delivery)
    this.#events.emit("unfinished", run.update)
    delivery.settle({ result: "unfinished", retryAfter: 1 })
  }

  /** Lets what is here finish, then takes it away. */
  close(timeout: number = DEFAULT_CLOSE_TIMEOUT): Promise<void> {
    return (this.#closed ??= this.#drain(timeout))
  }

  async #drain(timeout: number): Promise<void> {
    this.#process.close()
    for (const run of this.#runs.all()) run.endDelay()
    if (await this.#runs.emptyWithin(timeout)) return
    const error = new HookgramError("closing", "The webhook was closed before the handler was done.")
    const waiting = this.#runs.all().filter((run) => run.isWaiting)
    const given = this.#abandon(waiting, error) // first, so that none of them starts now
    for (const run of this.#runs.all()) run.abort(error)
    if (await this.#runs.emptyWithin(GRACE)) return
    await within(GRACE, Promise.all([given, this.#abandon(this.#runs.all(), error)]))
  }

  async #abandon(runs: readonly Run[], error: HookgramError): Promise<void> {
    await Promise.all(
      runs.map(async (run) => {
        if (run.abandoned) return
        await this.#process.abandon(run, error)
        this.#runs.remove(run)
      }),
    )
  }
}
