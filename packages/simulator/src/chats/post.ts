import type { ForceReply, Message, ReactionType, ReplyKeyboardMarkup, ReplyKeyboardRemove, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "./chat.ts"
import type { InvoiceTerms } from "./invoice.ts"

/** What a message does to the keyboard below the chat. Bots do not see it in the message. */
export type Keyboard = ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply

/** Who posts: a person, a bot, or a chat in its own name. */
export interface Author {
  user?: User
  /** An anonymous administrator, or a channel. */
  chat?: Chat
  /** Set when a bot posts. */
  bot?: Bot
}

/** A message as it stands in a chat: edits change it, deleting it leaves it here, marked. */
export class Post {
  readonly chat: Chat
  /** As a bot sees it. Replaced, not changed, by an edit. */
  message: Message
  /** The id of the bot that sent it, if a bot did. */
  readonly bot: number | undefined
  /** The keyboard that came with it, if it was not an inline keyboard. */
  readonly keyboard: Keyboard | undefined
  deleted = false
  /** What each user or chat reacted with. */
  readonly reactions: Map<number, ReactionType[]> = new Map()
  /** Of an invoice: what the message does not tell. */
  invoice?: InvoiceTerms
  /** Of paid media: what its bot is told when somebody buys it. */
  paidMediaPayload?: string
  /** Of a game: the name that its button sends. */
  gameShortName?: string
  /** By which its bot can edit it, if it was sent by inline mode. */
  inlineMessageId?: string

  constructor(chat: Chat, message: Message, bot?: number, keyboard?: Keyboard) {
    this.chat = chat
    this.message = message
    this.bot = bot
    this.keyboard = keyboard
  }

  get id(): number {
    return this.message.message_id
  }
}
