/**
 * Where claims are kept, so that an update is handled once: in memory, or shared by many machines. A claim is a lease:
 * it ends by itself when its owner dies. Every verb is one round trip, and settles within seconds: a claim that fails or
 * hangs is answered 503, and Telegram keeps the update.
 */
export interface DedupStore {
  /** Takes the right to run an update, unless it is done or under an unexpired lease. Counts an attempt. */
  claim(key: UpdateKey, lease: Lease): Promise<Claim>
  /** Extends the lease from now. `false` when this owner no longer holds it. */
  renew(key: UpdateKey, lease: Lease): Promise<boolean>
  /** Remembers the update as done. Does nothing when this owner no longer holds it. */
  complete(key: UpdateKey, lease: Lease): Promise<void>
  /** Gives the right back and keeps the attempt count. Does nothing when this owner no longer holds it. */
  release(key: UpdateKey, lease: Lease): Promise<void>
  /** Rejects when it cannot be reached: for health checks. A store without it counts as reachable. */
  ping?(): Promise<unknown>
}

/** What a claim is about: `update_id` is unique for each bot alone (facts, 12). */
export interface UpdateKey {
  /** The option `botId`, as text. */
  readonly bot: string
  readonly updateId: number
}

/** The right to run an update, held by one owner for a limited time. */
export interface Lease {
  /** Who holds it: unique for every webhook in every process. */
  readonly owner: string
  /** How long it lasts without being renewed, in milliseconds. */
  readonly duration: number
}

/** What became of a claim. */
export type Claim =
  | { readonly state: "claimed"; /** 1 for the first time. */ readonly attempt: number }
  | {
      readonly state: "running"
      /** When the other owner's lease ends, in Unix milliseconds. */ readonly until: number
    }
  | { readonly state: "done" }
