import type { LaneKey, Outcome, Update, Webhook, WebhookReply } from "@hookgram/core"
import { Entries, type Entry } from "./entries.ts"

/** Before an update that has failed is tried again, in milliseconds: this, then twice as long each time, up to the second. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 15_000

/** As much of a webhook as polling needs. */
export type PollTarget = Pick<Webhook, "accept" | "laneOf">

/** What a backlog works with. */
interface Surroundings {
  readonly webhook: PollTarget
  /** The size at which it takes no more. */
  readonly limit: number
  /** Carries out a reply that nobody has. */
  readonly send: (reply: WebhookReply) => Promise<unknown>
  readonly report: (error: unknown) => void
}

/**
 * The updates that were fetched and that Telegram may not forget yet. Each is offered to the webhook until it is done, and
 * those behind it in its lane not before: one that fails holds its chat back, as by webhook (facts, 2.1).
 */
export class Backlog {
  readonly #surroundings: Surroundings
  readonly #entries = new Entries()
  #confirmed: number | undefined
  #running = 0
  /** The size at which it is time to fetch more. */
  #goal = 0
  #stopped = false
  #onChange: (() => void) | undefined

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  get size(): number {
    return this.#entries.size
  }

  /** Whether nothing is offered any more: it was stopped, or the webhook is being closed. */
  get stopped(): boolean {
    return this.#stopped
  }

  /** Whether more is done than Telegram was told. */
  get isUnconfirmed(): boolean {
    return this.offset !== this.#confirmed
  }

  /** What Telegram may forget: all before this one. */
  get offset(): number | undefined {
    return this.#entries.offset
  }

  /** Remembers what Telegram was told. */
  confirmed(offset: number | undefined): void {
    this.#confirmed = offset
  }

  /** Takes what was fetched. */
  add(updates: readonly Update[]): void {
    this.#entries.add(updates, (update) => this.#laneOf(update))
  }

  /**
   * Has the webhook take what it can, and waits until half of it is done, but, unless no more can be fetched, at most so
   * many milliseconds.
   */
  async offer(patience: number): Promise<void> {
    this.#goal = this.size >> 1
    do {
      this.#offer()
      await this.#change(patience)
    } while (this.size >= this.#surroundings.limit && !this.isUnconfirmed && !this.#stopped)
  }

  /**
   * Offers nothing any more but what stands before something that has begun: else Telegram would not forget that, either, and
   * give it out again.
   */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    for (const entry of this.#entries.overtaken()) void this.#run(entry)
    this.#onChange?.()
  }

  /** Resolves when nothing runs. */
  async ended(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => (this.#onChange = resolve))
  }

  /** Resolves when enough is done or the time is over. */
  #change(patience: number): Promise<void> {
    if (this.size === 0 || this.#stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience)
      this.#onChange = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Where it cannot be told, `accept` fails for the same reason. */
  #laneOf(update: Update): LaneKey | undefined {
    try {
      return this.#surroundings.webhook.laneOf(update)
    } catch {
      return undefined
    }
  }

  #offer(): void {
    if (this.#stopped) return
    for (const entry of this.#entries.first()) void this.#run(entry)
  }

  async #run(entry: Entry): Promise<void> {
    const { webhook, report } = this.#surroundings
    entry.state = "running"
    this.#running++
    try {
      this.#settle(entry, await webhook.accept(entry.update))
    } catch (error) {
      report(error) // it is no update, and will never be one
      this.#done(entry)
    }
    this.#running--
    if (this.size <= this.#goal || this.#stopped) this.#onChange?.()
  }

  #settle(entry: Entry, outcome: Outcome): void {
    switch (outcome.result) {
      case "handled":
        if (outcome.reply) void this.#surroundings.send(outcome.reply).catch(this.#surroundings.report)
        return this.#done(entry)
      case "acknowledged":
      case "duplicate":
      case "deadLettered":
        return this.#done(entry)
      case "failed":
      case "unfinished":
      case "elsewhere":
      case "storeDown":
        return this.#pause(entry, outcome.retryAfter)
      case "busy":
        entry.state = "idle"
        return
      case "closing":
        this.stop()
    }
  }

  #done(entry: Entry): void {
    this.#entries.done(entry)
    this.#offer()
  }

  #pause(entry: Entry, seconds: number | undefined): void {
    const wait = seconds === undefined ? Math.min(FIRST_WAIT * 2 ** entry.failures, LONGEST_WAIT) : seconds * 1000
    entry.state = "paused"
    entry.failures++
    const timer = setTimeout(() => {
      entry.state = "idle"
      this.#offer()
    }, wait)
    timer.unref?.()
  }
}
