import type { Claim, DedupStore, Lease } from "./dedup.ts"
import { HookgramError } from "./errors.ts"
import type { Events } from "./events.ts"
import type { ResolvedOptions } from "./options.ts"
import type { Outcome } from "./outcome.ts"
import type { Run } from "./run.ts"

/** Seconds after which Telegram may ask again about an update that another machine runs, or a store that is down. */
const ASK_AGAIN = 5

/** What a webhook does with its dedup store: claims a run, keeps the claim alive, ends it. */
export class Claims {
  readonly #store: DedupStore
  readonly #duration: number
  readonly #events: Events
  #lease: Lease | undefined

  constructor({ dedup, lease }: ResolvedOptions, events: Events) {
    this.#store = dedup
    this.#duration = lease
    this.#events = events
  }

  /** One owner for each webhook. Made when first needed: Workers have no random numbers before a request. */
  get #owned(): Lease {
    return (this.#lease ??= { owner: crypto.randomUUID(), duration: this.#duration })
  }

  /** Claims the run; gives back why it cannot be run here, if so. */
  async take(run: Run): Promise<Outcome | undefined> {
    let claim: Claim
    try {
      claim = await this.#store.claim(run.key, this.#owned)
    } catch (error) {
      this.#events.emit("refused", run.update, { reason: "storeDown", error })
      return { result: "storeDown", error, retryAfter: ASK_AGAIN }
    }
    switch (claim.state) {
      case "done":
        this.#events.emit("duplicate", run.update)
        return { result: "duplicate" }
      case "running": {
        this.#events.emit("refused", run.update, { reason: "elsewhere" })
        const left = Math.ceil((claim.until - Date.now()) / 1000)
        return { result: "elsewhere", retryAfter: Math.min(Math.max(left, 1), ASK_AGAIN) }
      }
      case "claimed":
        run.attempt = claim.attempt
        run.phase = "claimed"
        return undefined
    }
  }

  /** Renews the claim of a run that takes long, until it ends. */
  keep(run: Run): void {
    if (run.isKept) return
    run.startHeartbeat(() => void this.#renew(run), this.#duration / 3)
    // The deadline may be most of the lease.
    if (Date.now() - run.arrived > this.#duration / 3) void this.#renew(run)
  }

  async #renew(run: Run): Promise<void> {
    if (run.phase === "claiming") return
    try {
      if ((await this.#store.renew(run.key, this.#owned)) || !run.isKept || run.outcome) return
    } catch (error) {
      this.#events.emit("storeFailed", run.update, { verb: "renew", error })
      return
    }
    this.lose(run)
  }

  /** The lease has ended, and with it whatever the handler still does. */
  lose(run: Run): void {
    run.stopHeartbeat()
    run.leaseLost = true
    this.#events.emit("leaseLost", run.update)
    run.abort(new HookgramError("lease_lost", "The lease of this update has ended: another machine may be running it."))
  }

  /** Remembers the run as done. When the store fails, the claim ends with its lease, and only a redelivery would run again. */
  complete(run: Run): Promise<void> {
    return this.#end("complete", run)
  }

  /** Gives the claim back. */
  release(run: Run): Promise<void> {
    return this.#end("release", run)
  }

  async #end(verb: "complete" | "release", run: Run): Promise<void> {
    run.stopHeartbeat()
    try {
      await this.#store[verb](run.key, this.#owned)
    } catch (error) {
      this.#events.emit("storeFailed", run.update, { verb, error })
    }
  }
}
