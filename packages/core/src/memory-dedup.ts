import type { Claim, DedupStore, Lease } from "./dedup.ts"

/** The bounds of {@link memoryDedup}. */
export interface MemoryDedupOptions {
  /**
   * The most updates to remember. At least the newest half of it is kept.
   * @default 100_000
   */
  readonly max?: number
  /**
   * How long an update is remembered at least, in milliseconds, unless `max` newer ones came.
   * @default 172_800_000 (48 h: twice the longest lifetime, facts 3.4)
   */
  readonly remember?: number
}

const DONE: Claim = { state: "done" }
const FIRST: Claim = { state: "claimed", attempt: 1 }

interface Running {
  owner: string
  until: number
  attempt: number
}

/**
 * A {@link DedupStore} for one process. What it remembers is lost with the process: use a shared store when updates must
 * not be handled twice across restarts or on several machines.
 *
 * @example
 * createWebhook({ secretToken, handler, dedup: memoryDedup({ max: 1_000_000 }), botId: 123456 })
 */
export function memoryDedup({ max = 100_000, remember = 172_800_000 }: MemoryDedupOptions = {}): DedupStore {
  const running = new Map<string, Running>()
  const past = new Past(max / 2, remember)

  const held = (key: string, { owner }: Lease): Running | undefined => {
    const claim = running.get(key)
    return claim?.owner === owner ? claim : undefined
  }

  return {
    async claim(key, { owner, duration }) {
      const now = Date.now()
      const failures = past.get(key) ?? 0
      if (failures === DONE_MARK) return DONE
      const other = running.get(key)
      if (other && other.until > now) return { state: "running", until: other.until }
      const attempt = (other?.attempt ?? failures) + 1
      running.set(key, { owner, until: now + duration, attempt })
      return attempt === 1 ? FIRST : { state: "claimed", attempt }
    },
    async renew(key, lease) {
      const claim = held(key, lease)
      if (claim) claim.until = Date.now() + lease.duration
      return claim !== undefined
    },
    async complete(key, lease) {
      if (!held(key, lease)) return
      running.delete(key)
      past.set(key, DONE_MARK)
    },
    async release(key, lease) {
      const claim = held(key, lease)
      if (!claim) return
      running.delete(key)
      past.set(key, claim.attempt)
    },
  }
}

/** What {@link Past} holds for an update that is done; for any other, the number of attempts so far. */
const DONE_MARK = -1

type Generation = Map<string, Map<number | string, number>>

/**
 * A number for each of the last updates, bounded in count and age by two generations: when the young one is full or old,
 * it becomes the old one, and the old one is dropped whole. (Deleting the oldest entry of a `Map` one by one is
 * quadratic: the engine leaves a tombstone that every later search for the first entry walks over.)
 *
 * Ids are kept as numbers under their scope, because the same ids as text take three times the room.
 */
class Past {
  readonly #size: number
  readonly #age: number
  #young: Generation = new Map()
  #old: Generation = new Map()
  #count = 0
  #since = Date.now()

  constructor(size: number, age: number) {
    this.#size = size
    this.#age = age
  }

  get(key: string): number | undefined {
    this.#turn()
    const [scope, id] = split(key)
    return this.#young.get(scope)?.get(id) ?? this.#old.get(scope)?.get(id)
  }

  set(key: string, value: number): void {
    const [scope, id] = split(key)
    let ids = this.#young.get(scope)
    if (!ids) this.#young.set(scope, (ids = new Map()))
    if (!ids.has(id)) this.#count++
    ids.set(id, value)
  }

  #turn(): void {
    if (this.#count < this.#size && Date.now() - this.#since < this.#age) return
    this.#old = this.#young
    this.#young = new Map()
    this.#count = 0
    this.#since = Date.now()
  }
}

/** `bot:update_id` into its parts. An id that is not a plain number stays text. */
function split(key: string): [scope: string, id: number | string] {
  const colon = key.lastIndexOf(":")
  const text = key.slice(colon + 1)
  const id = Number(text)
  return [key.slice(0, colon + 1), String(id) === text ? id : text]
}
