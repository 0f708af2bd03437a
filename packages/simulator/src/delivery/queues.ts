import { Heap } from "../heap.ts"
import type { StoredUpdate, UpdateList } from "../updates/list.ts"
import type { Retries } from "./retry.ts"

/** An update that was read from the list, to be delivered. */
interface Loaded extends Retries {
  readonly update: StoredUpdate
  /** When it may be sent, in milliseconds: at first the time it was loaded, later that of its retry. */
  wakeAt: number
}

interface Queue {
  readonly key: number | bigint
  /** First in, first out; only the head is ever in flight. */
  readonly waiting: Loaded[]
}

/** How many updates are read from the list at a time (facts, 2.4). */
const BATCH = 1000

/** Keys of updates that have a queue of their own are counted up from here (facts, 2.2). */
const FRESH_KEYS = 2n ** 60n

/**
 * The updates that are loaded for delivery, in queues by their keys (facts, 2). Of a queue, one is in flight at a time;
 * when as many queues are loaded as may be, no more is read from the list.
 */
export class Queues {
  readonly #list: UpdateList
  readonly #limit: number
  readonly #queues = new Map<number | bigint, Queue>()
  /** Queues whose head waits to be sent: the earliest first, then the smaller key (facts, 2.3). */
  readonly #ready = new Heap<{ wakeAt: number; queue: Queue }>(
    (one, other) => one.wakeAt < other.wakeAt || (one.wakeAt === other.wakeAt && one.queue.key < other.queue.key),
  )
  /** The id from which the list is read on. */
  #next = 0
  #freshKey = FRESH_KEYS

  /** @param limit how many queues may be loaded */
  constructor(list: UpdateList, limit: number) {
    this.#list = list
    this.#limit = limit
  }

  /** How many queues are loaded. */
  get size(): number {
    return this.#queues.size
  }

  /** When the first queue becomes ready, in milliseconds. */
  get nextAt(): number | undefined {
    return this.#ready.least?.wakeAt
  }

  /** Reads the next updates from the list, if there is room. Those read together share one time. */
  load(now: number): void {
    // Ids began anew (facts, 7.4).
    if (this.#next > this.#list.nextId) this.#next = 0
    for (const update of this.#list.from(this.#next, Math.min(BATCH, this.#limit - this.#queues.size))) {
      this.#next = update.id + 1
      const key = update.key === 0 ? this.#freshKey++ : update.key
      const queue = this.#queues.get(key) ?? { key, waiting: [] }
      queue.waiting.push({ update, wakeAt: now, delay: 1, failures: 0 })
      if (queue.waiting.length > 1) continue
      this.#queues.set(key, queue)
      this.#ready.add({ wakeAt: now, queue })
    }
  }

  /** Takes the update that is to be sent next, if one is ready. */
  take(now: number): InFlight | undefined {
    const first = this.#ready.least
    if (!first || first.wakeAt > now) return undefined
    this.#ready.take()
    const loaded = first.queue.waiting[0]
    return loaded && { loaded, key: first.queue.key }
  }

  /** Puts an update back that is to be sent again at its `wakeAt`. */
  retry({ key, loaded }: InFlight): void {
    const queue = this.#queues.get(key)
    if (queue) this.#ready.add({ wakeAt: loaded.wakeAt, queue })
  }

  /** Forgets an update that was delivered or dropped: the next one of its queue becomes ready with its own, old time. */
  done({ key, loaded }: InFlight): void {
    const queue = this.#queues.get(key)
    if (!queue) return
    queue.waiting.shift()
    const next = queue.waiting[0]
    if (next) this.#ready.add({ wakeAt: next.wakeAt, queue })
    else this.#queues.delete(key)
    this.#list.forget(loaded.update.id)
  }
}

/** An update that was taken from its queue. */
export interface InFlight {
  readonly loaded: Loaded
  readonly key: number | bigint
}
