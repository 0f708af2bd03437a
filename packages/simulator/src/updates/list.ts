import { type Clock, unixTime } from "../clock/clock.ts"
import type { Random } from "../random.ts"

/** An update as the server stores it. */
export interface StoredUpdate {
  readonly id: number
  readonly kind: string
  /** The JSON of its content, one byte per character. */
  readonly text: string
  /** The key of its delivery queue, 0 for a queue of its own. */
  readonly key: number | bigint
  /** Unix time in seconds. */
  readonly expires: number
}

/** How many updates a bot's list holds (facts, 7.4). */
const CAPACITY = 100_000
/** How many bytes of content a bot's list holds (facts, 7.4). */
const CAPACITY_BYTES = 134_217_728
/** How large the content of one update may be, in bytes (facts, 1.2). */
const UPDATE_BYTES = 524_288
/** The first id that is not given (facts, 7.4). */
const LAST_ID = 2_000_000_000

/**
 * The one list of a bot's updates, in the order of their ids, from which webhook and long polling both take (facts, 2.1
 * and 7.4).
 */
export class UpdateList {
  readonly #clock: Clock
  readonly #random: Random
  /** By id; ids only ever go up, so insertion order is theirs. */
  readonly #updates = new Map<number, StoredUpdate>()
  #bytes = 0
  #nextId: number

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
    this.#nextId = this.#firstId()
  }

  /** How many updates are stored, with those in flight and those that expired unnoticed. */
  get size(): number {
    return this.#updates.size
  }

  /** The id that the next update will have. */
  get nextId(): number {
    return this.#nextId
  }

  /**
   * Stores an update.
   *
   * @returns its id, or `undefined` if it is lost: it is too large or too old, or the list is full
   */
  add(update: Omit<StoredUpdate, "id">): number | undefined {
    const bytes = update.text.length
    const full = this.#updates.size >= CAPACITY || this.#bytes + bytes > CAPACITY_BYTES
    if (full || bytes > UPDATE_BYTES || update.expires <= unixTime(this.#clock)) return undefined
    if (this.#nextId >= LAST_ID) {
      this.clear()
      this.#nextId = this.#firstId()
    }
    const id = this.#nextId++
    this.#updates.set(id, { ...update, id })
    this.#bytes += bytes
    return id
  }

  /** The updates from an id on, at most so many; those that have expired are forgotten on the way (facts, 3.4). */
  from(id: number, limit: number): StoredUpdate[] {
    const now = unixTime(this.#clock)
    const found: StoredUpdate[] = []
    for (let next = Math.max(id, this.oldestId ?? id); next < this.#nextId && found.length < limit; next++) {
      const update = this.#updates.get(next)
      if (!update) continue
      if (update.expires < now) this.forget(next)
      else found.push(update)
    }
    return found
  }

  get oldestId(): number | undefined {
    return this.#updates.keys().next().value
  }

  forget(id: number): void {
    const update = this.#updates.get(id)
    if (!update) return
    this.#updates.delete(id)
    this.#bytes -= update.text.length
  }

  /** Forgets all with a smaller id. */
  forgetBefore(id: number): void {
    for (const stored of this.#updates.keys()) {
      if (stored >= id) break
      this.forget(stored)
    }
  }

  /** Forgets all but the newest so many. */
  keepNewest(count: number): void {
    let surplus = this.#updates.size - count
    for (const id of this.#updates.keys()) {
      if (surplus-- <= 0) break
      this.forget(id)
    }
  }

  /** Forgets what has expired: the server does so about once a minute (facts, 3.4). */
  sweep(): void {
    const now = unixTime(this.#clock)
    for (const [id, { expires }] of this.#updates) if (expires < now) this.forget(id)
  }

  clear(): void {
    this.#updates.clear()
    this.#bytes = 0
  }

  #firstId(): number {
    return this.#random.integer(2_000_001, 1_000_000_000)
  }
}
