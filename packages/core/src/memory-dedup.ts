import type { Claim, DedupStore, Lease, UpdateKey } from "./dedup.ts"
import { IdSet } from "./id-set.ts"
import { SteadyMap } from "./steady-map.ts"

/** The bounds of {@link memoryDedup}. */
export interface MemoryDedupOptions {
  /**
   * The most updates of a bot to remember. At least the newest half of it is kept.
   * @default 100_000
   */
  readonly max?: number | undefined
  /**
   * How long an update is remembered at least, in milliseconds, unless `max` newer ones came.
   * @default 172_800_000 (48 h: twice the longest lifetime, facts 3.4)
   */
  readonly remember?: number | undefined
}

/**
 * A {@link DedupStore} for one process. What it remembers is lost with the process: use a shared store when updates must
 * not be handled twice across restarts or on several machines.
 *
 * @example
 * createWebhook({ secretToken, handler, dedup: memoryDedup({ max: 1_000_000 }), botId: 123456 })
 */
export function memoryDedup({ max = 100_000, remember = 172_800_000 }: MemoryDedupOptions = {}): DedupStore {
  const memories = new Map<string, Memory>()

  const memoryOf = ({ bot }: UpdateKey): Memory => {
    let memory = memories.get(bot)
    if (!memory) memories.set(bot, (memory = new Memory(max, remember)))
    return memory
  }

  return {
    claim: (key, lease) => memoryOf(key).claim(key.updateId, lease),
    renew: (key, lease) => memoryOf(key).renew(key.updateId, lease),
    complete: (key, lease) => memoryOf(key).complete(key.updateId, lease),
    release: (key, lease) => memoryOf(key).release(key.updateId, lease),
  }
}

interface Running {
  owner: string
  until: number
  attempt: number
}

const done: Promise<Claim> = Promise.resolve({ state: "done" })
const first: Promise<Claim> = Promise.resolve({ state: "claimed", attempt: 1 })
const nothing: Promise<void> = Promise.resolve()

/** What has become of updates in some stretch of time. */
interface Generation {
  readonly since: number
  readonly done: IdSet
  /** The attempts of those that have failed. */
  readonly failed: Map<number, number>
}

/**
 * What is known of one bot's updates. Those that do not run are bounded in count and age by two generations: when the
 * young one is full or old, it becomes the old one, and the old one is dropped whole. (Deleting the oldest entry of a
 * `Map` one by one is quadratic: the engine leaves a tombstone that every later search for the first entry walks over.)
 */
class Memory {
  readonly #size: number
  readonly #age: number
  readonly #running = new SteadyMap<number, Running>()
  #young: Generation = generation(Date.now())
  #old: Generation | undefined

  constructor(max: number, age: number) {
    this.#size = max / 2
    this.#age = age
  }

  claim(id: number, { owner, duration }: Lease): Promise<Claim> {
    const now = Date.now()
    this.#turn(now)
    if (this.#young.done.has(id) || this.#old?.done.has(id)) return done
    const other = this.#running.get(id)
    if (other && other.until > now) return Promise.resolve({ state: "running", until: other.until })
    const attempt = 1 + (other?.attempt ?? this.#young.failed.get(id) ?? this.#old?.failed.get(id) ?? 0)
    this.#running.set(id, { owner, until: now + duration, attempt })
    return attempt === 1 ? first : Promise.resolve({ state: "claimed", attempt })
  }

  renew(id: number, lease: Lease): Promise<boolean> {
    const claim = this.#held(id, lease)
    if (claim) claim.until = Date.now() + lease.duration
    return Promise.resolve(claim !== undefined)
  }

  complete(id: number, lease: Lease): Promise<void> {
    if (this.#held(id, lease)) {
      this.#running.delete(id)
      this.#young.done.add(id)
    }
    return nothing
  }

  release(id: number, lease: Lease): Promise<void> {
    const claim = this.#held(id, lease)
    if (claim) {
      this.#running.delete(id)
      this.#young.failed.set(id, claim.attempt)
    }
    return nothing
  }

  #held(id: number, { owner }: Lease): Running | undefined {
    const claim = this.#running.get(id)
    return claim?.owner === owner ? claim : undefined
  }

  #turn(now: number): void {
    const {
      since,
      done: { size },
      failed,
    } = this.#young
    if (size + failed.size < this.#size && now - since < this.#age) return
    this.#old = this.#young
    this.#young = generation(now)
  }
}

function generation(since: number): Generation {
  return { since, done: new IdSet(), failed: new Map() }
}
