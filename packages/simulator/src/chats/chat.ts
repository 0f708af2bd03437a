import type {
  Chat as ChatObject,
  ChatBoost,
  ChatInviteLink,
  ChatJoinRequest,
  ChatMember,
  ForumTopic,
  Message,
  User,
} from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { type ChatInfo, newChatInfo } from "./chat-info.ts"
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

/** Something that became of a message. */
export interface Change {
  readonly post: Post
  /** The message as it was then. */
  readonly message: Message
  readonly change: "new" | "edited" | "deleted"
}

/** A chat and all that is in it. A private chat is one between a user and one bot. */
export class Chat {
  /** Private chat: the user's id. Basic group: negative. Supergroup and channel: below −1 000 000 000 000 (facts, 2.2). */
  readonly id: number
  readonly type: ChatObject["type"]
  traits: ChatTraits
  /** What only `getChat` tells, and what is pinned. */
  readonly info: ChatInfo
  /** The bot of a private chat, or of a business account. */
  readonly bot: Bot | undefined
  /** Status and rights by user id, of people and bots, also of those who left. Of a private chat: the user and the bot. */
  readonly members: Map<number, ChatMember> = new Map()
  /** In the order in which they were posted, by `message_id`. */
  readonly posts: Map<number, Post> = new Map()
  /** All that happened to its messages, in order. */
  readonly history: Change[] = []
  /** Of a forum, by `message_thread_id`. */
  readonly topics: Map<number, ForumTopic & { closed?: boolean }> = new Map()
  /** By the address. */
  readonly inviteLinks: Map<string, ChatInviteLink> = new Map()
  /** Who asks to be let in, by user id. */
  readonly joinRequests: Map<number, ChatJoinRequest> = new Map()
  /** By `boost_id`. */
  readonly boosts: Map<string, ChatBoost> = new Map()
  /** The supergroup that a basic group has become. */
  migratedTo: Chat | undefined
  #lastId = 0

  constructor(id: number, type: ChatObject["type"], traits: ChatTraits, bot?: Bot) {
    this.id = id
    this.type = type
    this.info = newChatInfo(type)
    this.traits = traits
    this.bot = bot
  }

  /** The `chat` of its messages. */
  get object(): ChatObject {
    const { id, traits, type, info } = this
    // Undocumented, and still sent: what there was in basic groups before there were permissions.
    const former = { all_members_are_administrators: !Object.values(info.permissions).includes(false) }
    return { id, ...traits, type, ...(type === "group" && former) } as ChatObject
  }

  /** What is to be seen in it now, oldest first. */
  get messages(): Message[] {
    return [...this.posts.values()].filter((post) => !post.deleted).map((post) => post.message)
  }

  /** The kinds of update that its messages become. */
  get kinds(): { new: string; edited: string } {
    return this.type === "channel"
      ? { new: "channel_post", edited: "edited_channel_post" }
      : { new: "message", edited: "edited_message" }
  }

  /** The fields that all of its messages have, beside those of every message. */
  get marks(): Partial<Message> {
    return {}
  }

  /** Private chats of a bot share their message ids; other chats count their own. */
  nextMessageId(): number {
    return this.bot ? this.bot.nextMessageId() : ++this.#lastId
  }

  /** Makes the next message's id larger than this one. */
  skipMessageIds(id: number): void {
    if (this.bot) this.bot.skipMessageIds(id)
    else this.#lastId = Math.max(this.#lastId, id)
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

  /** Makes somebody a plain member, or changes what they are. Bots are not told: see `changeMember`. */
  setMember(user: User, member?: ChatMember): void {
    this.members.set(user.id, member ?? { user, status: "member" })
  }
}

/** Whether somebody of this status is in the chat. */
export function isMember(member: ChatMember): boolean {
  return member.status === "restricted" ? member.is_member : member.status !== "left" && member.status !== "kicked"
}
