import type { BusinessBotRights, BusinessConnection as BusinessConnectionObject, Message, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { Chat } from "./chat.ts"
import { privateTraits } from "./user.ts"

/** A bot that a person lets into the private chats of their business account. */
export class BusinessConnection {
  readonly id: string
  readonly bot: Bot
  /** Whose account it is. */
  readonly owner: User
  /** Unix seconds. */
  readonly date: number
  rights: BusinessBotRights
  enabled = true
  /** By the id of the other person. */
  readonly chats: Map<number, BusinessChat> = new Map()
  #lastMessageId = 0

  constructor(id: string, bot: Bot, owner: User, date: number, rights: BusinessBotRights) {
    this.id = id
    this.bot = bot
    this.owner = owner
    this.date = date
    this.rights = rights
  }

  /** What a `business_connection` update and `getBusinessConnection` tell. */
  get object(): BusinessConnectionObject {
    const { id, owner, date, rights, enabled } = this
    // Undocumented, and still sent: whether it may reply, as was told before there were rights.
    const former = { can_reply: enabled && rights.can_reply === true }
    return {
      id,
      user: owner,
      user_chat_id: owner.id,
      date,
      is_enabled: enabled,
      ...former,
      ...(enabled && { rights }),
    }
  }

  /** The owner's chat with somebody, made when it is first asked for. */
  chat(customer: User): BusinessChat {
    const existing = this.chats.get(customer.id)
    if (existing) return existing
    const chat = new BusinessChat(this, customer)
    this.chats.set(customer.id, chat)
    return chat
  }

  nextMessageId(): number {
    return ++this.#lastMessageId
  }
}

/** The private chat of a business account's owner with somebody. Its id is the other person's. */
export class BusinessChat extends Chat {
  readonly connection: BusinessConnection

  constructor(connection: BusinessConnection, customer: User) {
    super(customer.id, "private", privateTraits(customer), connection.bot)
    this.connection = connection
    this.setMember(customer)
    this.setMember(connection.owner)
  }

  override get kinds(): { new: string; edited: string } {
    return { new: "business_message", edited: "edited_business_message" }
  }

  override get marks(): Partial<Message> {
    return { business_connection_id: this.connection.id }
  }

  override nextMessageId(): number {
    return this.connection.nextMessageId()
  }
}
