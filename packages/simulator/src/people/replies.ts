import type { Message } from "@grammyjs/types"
import type { Change, Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import { isServiceMessage } from "../chats/service-message.ts"

/** What a person has seen of a chat, so that each message of a bot is a reply once. */
export class Replies {
  /** How much of the chat's history was seen, of new messages and of edited ones. */
  readonly #seen = { new: 0, edited: 0 }

  /** The next new, or next edited, message of a bot that was not yet taken. */
  take(chat: Chat, change: "new" | "edited", thread: number | undefined): Message | undefined {
    for (let index = this.#seen[change]; index < chat.history.length; index++) {
      const happened = chat.history[index]
      if (!happened || !isReply(happened, change, thread)) continue
      this.#seen[change] = index + 1
      return happened.message
    }
    return undefined
  }

  /** Takes a message and all before it: somebody acted on it, and so has seen it. */
  passTo(chat: Chat, post: Post): void {
    const posted = chat.history.findIndex((happened) => happened.post === post)
    const touched = chat.history.findLastIndex((happened) => happened.post === post)
    this.#seen.new = Math.max(this.#seen.new, posted + 1)
    this.#seen.edited = Math.max(this.#seen.edited, touched + 1)
  }
}

function isReply({ post, message, change }: Change, wanted: "new" | "edited", thread: number | undefined): boolean {
  const inThread = thread === undefined || message.message_thread_id === thread
  return change === wanted && post.bot !== undefined && inThread && !isServiceMessage(message)
}
