import type { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import type { ApiCall, Delivery, Happening } from "../journal.ts"
import { callView, type CallView, type MessageView } from "./views.ts"

/** How many deliveries, calls and messages are told at a time: no more than the page keeps. */
const MOST = 200

/** What has happened in one chat, and to all deliveries and calls, since it was last taken. */
export class Changes {
  readonly #deliveries = new Map<number, Delivery>()
  readonly #calls = new Map<number, ApiCall>()
  readonly #posts = new Map<number, Post>()
  /** So many messages have changed that telling all of them anew is less. */
  #flooded = false

  /** @param chat the chat whose messages are of interest, asked for anew each time, as it may begin later */
  add(happening: Happening, chat: () => Chat | undefined): void {
    if (happening.type === "delivery") put(this.#deliveries, happening.delivery)
    if (happening.type === "call") put(this.#calls, happening.call)
    if (happening.type === "message" && happening.chat === chat()) {
      this.#posts.set(happening.post.id, happening.post)
      this.#flooded ||= this.#posts.size > MOST
      if (this.#flooded) this.#posts.clear()
    }
  }

  get any(): boolean {
    return this.#flooded || this.#deliveries.size + this.#calls.size + this.#posts.size > 0
  }

  get flooded(): boolean {
    return this.#flooded
  }

  /** @param view how a message is shown */
  take(view: (post: Post) => MessageView): {
    deliveries: Delivery[]
    calls: CallView[]
    messages: MessageView[]
    deleted: number[]
  } {
    const posts = [...this.#posts.values()]
    const taken = {
      deliveries: [...this.#deliveries.values()],
      calls: [...this.#calls.values()].map(callView),
      messages: posts.filter((post) => !post.deleted).map(view),
      deleted: posts.filter((post) => post.deleted).map((post) => post.id),
    }
    this.#deliveries.clear()
    this.#calls.clear()
    this.#posts.clear()
    this.#flooded = false
    return taken
  }
}

/** Puts it in, and takes the oldest out when there are too many. */
function put<T extends { number: number }>(items: Map<number, T>, item: T): void {
  items.set(item.number, item)
  const oldest = items.size > MOST ? items.keys().next().value : undefined
  if (oldest !== undefined) items.delete(oldest)
}
