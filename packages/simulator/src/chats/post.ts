import type { Message, ReactionType } from "@grammyjs/types"
import type { Chat } from "./chat.ts"

/** A message as it stands in a chat: edits change it, deleting it leaves it here, marked. */
export class Post {
  readonly chat: Chat
  /** As a bot sees it. Replaced, not changed, by an edit. */
  message: Message
  /** The id of the bot that sent it, if a bot did. */
  readonly bot: number | undefined
  deleted = false
  /** What each user or chat reacted with. */
  readonly reactions: Map<number, ReactionType[]> = new Map()

  constructor(chat: Chat, message: Message, bot?: number) {
    this.chat = chat
    this.message = message
    this.bot = bot
  }

  get id(): number {
    return this.message.message_id
  }
}
