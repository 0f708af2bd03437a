import { type Clock, type Timer, unixTime } from "../clock/clock.ts"
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
/** How many bytes a bot's list holds (facts, 7.4). */
const CAPACITY_BYTES = 134_217_728
/** How many bytes one update may have (facts, 1.2). */
const UPDATE_BYTES = 524_288
/** All ids are below this one, with one to spare for the next (facts, 7.4). */
const ID_LIMIT = 2_000_000_000
/** The server looks for what has expired once a minute, at first ten minutes after its start (facts, 3.4). */
const FIRST_SWEEP = 600_000
const SWEEP_EVERY = 60_000

/** How many bytes an update counts: what is stored of it is `"message":{…}`. */
export function storedBytes({ kind, text }: Pick<StoredUpdate, "kind" | "text">): number {
  return kind.length + 3 + text.length
}

/**
 * The one list of a bot's updates, in the order of their ids, from which webhook and long polling both take (facts, 2.1
 * and 7.4).
 */
export class UpdateList {
  readonly #clock: Clock
  readonly #random: Random
  readonly #firstSweepAt: number
  /** By id; ids only ever go up, so insertion order is theirs. */
  readonly #updates = new Map<number, StoredUpdate>()
  #bytes = 0
  #nextId: number
  /** No update has a smaller id. */
  #headId: number
  #sweeping: Timer | undefined

  /** @param startedAt when the server was started, in Unix milliseconds */
  constructor(clock: Clock, random: Random, startedAt: number = clock.now()) {
    this.#clock = clock
    this.#random = random
    this.#firstSweepAt = startedAt + FIRST_SWEEP
    this.#headId = this.#nextId = this.#firstId()
  }

  /** How many updates are stored, with those in flight and those that expired unnoticed. */
  get size(): number {
    return this.#updates.size
  }

  /** The id that the next update will have. */
  get nextId(): number {
    return this.#nextId
  }

  /** The id of the oldest update, or that of the next one if there is none. */
  get headId(): number {
    while (this.#headId < this.#nextId && !this.#updates.has(this.#headId)) this.#headId++
    return this.#headId
  }

  /**
   * Stores an update.
   *
   * @returns its id, or `undefined` if it is lost: it is too large or too old, or the list is full
   */
  add(update: Omit<StoredUpdate, "id">): number | undefined {
    const bytes = storedBytes(update)
    const isFull = this.#updates.size >= CAPACITY || this.#bytes + bytes > CAPACITY_BYTES
    if (isFull || bytes > UPDATE_BYTES || update.expires <= unixTime(this.#clock)) return undefined
    if (this.#nextId + 1 >= ID_LIMIT) {
      this.#nextId = this.#firstId()
      this.clear()
    }
    const id = this.#nextId++
    this.#updates.set(id, { ...update, id })
    this.#bytes += bytes
    if (!this.#sweeping) this.#sweepAfter(update.expires)
    return id
  }

  /** The updates from an id on, at most so many; those that have expired are forgotten on the way (facts, 3.4). */
  from(id: number, limit: number): StoredUpdate[] {
    const now = unixTime(this.#clock)
    const found: StoredUpdate[] = []
    for (let next = Math.max(id, this.headId); next < this.#nextId && found.length < limit; next++) {
      const update = this.#updates.get(next)
      if (!update) continue
      if (update.expires < now) this.forget(next)
      else found.push(update)
    }
    return found
  }

  forget(id: number): void {
    const update = this.#updates.get(id)
    if (!update) return
    this.#updates.delete(id)
    this.#bytes -= storedBytes(update)
  }

  /** Forgets all with a smaller id. */
  forgetBefore(id: number): void {
    for (let head = this.headId; head < id && head < this.#nextId; head = this.headId) this.forget(head)
  }

  /** Forgets all but the newest so many. */
  keepNewest(count: number): void {
    while (this.size > count) this.forget(this.headId)
  }

  clear(): void {
    this.#updates.clear()
    this.#headId = this.#nextId
    this.#bytes = 0
  }

  /** At the first of the server's passes by which an update has expired. */
  #sweepAfter(expires: number): void {
    const passes = Math.max(Math.ceil(((expires + 1) * 1000 - this.#firstSweepAt) / SWEEP_EVERY), 0)
    const at = this.#firstSweepAt + passes * SWEEP_EVERY
    this.#sweeping = this.#clock.after(at - this.#clock.now(), () => this.#sweep())
  }

  /** Forgets what has expired, up to the second that has not: what is behind it stays for now, as on the server. */
  #sweep(): void {
    this.#sweeping = undefined
    const now = unixTime(this.#clock)
    const alive: StoredUpdate[] = []
    for (const update of this.#updates.values()) {
      if (update.expires < now) this.forget(update.id)
      else if (alive.push(update) === 2) break
    }
    if (alive[0]) this.#sweepAfter(alive[0].expires)
    this.#clock.changed()
  }

  #firstId(): number {
    return this.#random.integer(2_000_001, 1_000_000_000)
  }
}
