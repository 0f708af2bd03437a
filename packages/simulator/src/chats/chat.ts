import type { Chat as ChatObject, ChatMember, Message, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Post } from "./post.ts"

/** What a chat is called and what it can do, beside its id and type. */
export interface ChatTraits {
  title?: string
  username?: string
  first_name?: string
  last_name?: string
  /** A supergroup with topics. */
  is_forum?: true
}

/** A chat and all that is in it. A private chat is one between a user and one bot. */
export class Chat {
  /** Private chat: the user's id. Basic group: negative. Supergroup and channel: below −1 000 000 000 000 (facts, 2.2). */
  readonly id: number
  readonly type: ChatObject["type"]
  traits: ChatTraits
  /** The bot of a private chat. */
  readonly bot: Bot | undefined
  /** Status and rights by user id, of people and bots, also of those who left. Of a private chat: the user and the bot. */
  readonly members: Map<number, ChatMember> = new Map()
  /** In the order in which they were posted, by `message_id`. */
  readonly posts: Map<number, Post> = new Map()
  #lastId = 0

  constructor(id: number, type: ChatObject["type"], traits: ChatTraits, bot?: Bot) {
    this.id = id
    this.type = type
    this.traits = traits
    this.bot = bot
  }

  /** The `chat` of its messages. */
  get object(): ChatObject {
    return { id: this.id, type: this.type, ...this.traits } as ChatObject
  }

  /** What is to be seen in it now, oldest first. */
  get messages(): Message[] {
    return [...this.posts.values()].filter((post) => !post.deleted).map((post) => post.message)
  }

  /** Private chats of a bot share their message ids; other chats count their own. */
  nextMessageId(): number {
    return this.bot ? this.bot.nextMessageId() : ++this.#lastId
  }

  /** Whether a user or bot is in it now. */
  has(user: number): boolean {
    const member = this.members.get(user)
    return member !== undefined && isMember(member)
  }

  /** Whether a user or bot administers it. */
  isAdministrator(user: number): boolean {
    const status = this.members.get(user)?.status
    return status === "administrator" || status === "creator"
  }

  /** Makes somebody a plain member, or changes what they are. */
  setMember(user: User, member?: ChatMember): void {
    this.members.set(user.id, member ?? { status: "member", user })
  }
}

/** Whether somebody of this status is in the chat. */
export function isMember(member: ChatMember): boolean {
  return member.status === "restricted" ? member.is_member : member.status !== "left" && member.status !== "kicked"
}
