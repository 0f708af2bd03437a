import type { Chat } from "./chats/chat.ts"
import type { Post } from "./chats/post.ts"

/** One HTTP request that carried an update to the webhook, or that is on its way. Times are Unix milliseconds. */
export interface Delivery {
  /** Counted up from 1, over all bots. */
  readonly number: number
  /** The id of the bot. */
  readonly bot: number
  readonly updateId: number
  /** The name of the field beside `update_id`, such as `message`. */
  readonly kind: string
  /** The delivery queue, a 64-bit number as text (facts, 2.2). */
  readonly queue: string
  /** Which delivery of this update it is since the webhook was set, counted from 1. */
  readonly attempt: number
  readonly startedAt: number
  endedAt?: number
  /** The status that was answered, if an answer was read. */
  status?: number
  /** What went wrong, in the words of `last_error_message`, and in our own where Telegram records nothing. */
  error?: string
  /** When Telegram tries again. */
  retryAt?: number
  /** `delivered`: confirmed by a 2xx. `dropped`: failed, with no time left for a retry. `cut`: the webhook was changed. */
  outcome: "under way" | "delivered" | "failed" | "dropped" | "cut"
  /** What was made to go wrong with it. */
  readonly fault?: "lose-answer" | "cut" | "duplicate" | "delay" | "stall"
  /** The name of the method that the answer asked for, whether it was called or refused (facts, 4). */
  reply?: string
}

/** One call of a Bot API method, by HTTP or in the answer to a delivery. */
export interface ApiCall {
  /** Counted up from 1, over all bots. */
  readonly number: number
  readonly bot: number
  /** As Telegram's documentation writes it, such as `sendMessage`, whatever the caller wrote. */
  readonly method: string
  readonly parameters: Record<string, unknown>
  readonly via: "http" | "webhook reply"
  readonly startedAt: number
  endedAt?: number
  /** What was answered: `ok`, and `result` or `error_code` with `description`. */
  answer?: { ok: boolean; result?: unknown; error_code?: number; description?: string }
  /** Whether this simulator models the method; one that it does not is answered plausibly and changes nothing. */
  modelled: boolean
}

/** Something that happened. */
export type Happening =
  | { type: "delivery"; delivery: Delivery }
  | { type: "call"; call: ApiCall }
  | { type: "message"; chat: Chat; post: Post; change: "new" | "edited" | "deleted" }
  | { type: "update"; bot: number; updateId: number; kind: string }

/** What has happened, the newest last, and who wants to hear of it. */
export class Journal {
  /** The newest deliveries: at least `keep` of them if there were so many, and less than twice that. */
  readonly deliveries: Delivery[] = []
  /** The newest calls, as many. */
  readonly calls: ApiCall[] = []
  readonly #keep: number
  readonly #listeners = new Set<(happening: Happening) => void>()
  #deliveries = 0
  #calls = 0

  constructor(keep: number) {
    this.#keep = keep
  }

  /** Calls back for all that happens from now on, until the function that is returned is called. */
  listen(listener: (happening: Happening) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  delivery(begun: Omit<Delivery, "number" | "outcome">): Delivery {
    const delivery: Delivery = { ...begun, number: ++this.#deliveries, outcome: "under way" }
    add(this.deliveries, delivery, this.#keep)
    this.tell({ type: "delivery", delivery })
    return delivery
  }

  call(begun: Omit<ApiCall, "number">): ApiCall {
    const call: ApiCall = { ...begun, number: ++this.#calls }
    add(this.calls, call, this.#keep)
    this.tell({ type: "call", call })
    return call
  }

  tell(happening: Happening): void {
    for (const listener of this.#listeners) listener(happening)
  }
}

/** Adds to a list that forgets the oldest, half of them at a time, so that forgetting costs next to nothing. */
function add<T>(list: T[], item: T, keep: number): void {
  list.push(item)
  if (list.length >= keep * 2) list.splice(0, list.length - keep)
}
