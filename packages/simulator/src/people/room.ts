import type { ChatAdministratorRights, ChatInviteLink, ChatMember, ChatPermissions, Message } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "../chats/chat.ts"
import { newInviteLink } from "../chats/invite-link.ts"
import { cameIn, wentOut } from "../chats/join.ts"
import { changeMember } from "../chats/membership.ts"
import { withoutReply } from "../chats/message-fields.ts"
import { restricted } from "../chats/permissions.ts"
import { administrator } from "../chats/rights.ts"
import { publicUser } from "../chats/user.ts"
import type { World } from "../chats/world.ts"
import type { Person } from "./person.ts"

/** Somebody who can be in a group or channel. */
export type Member = Person | Bot

/** A group or channel, and what its owner does with it. */
export class Room {
  readonly world: World
  /** Who made it. */
  readonly owner: Person
  /** The chat in the model. A basic group gets another one when it becomes a supergroup. */
  chat: Chat

  constructor(world: World, chat: Chat, owner: Person) {
    this.world = world
    this.chat = chat
    this.owner = owner
    chat.setMember(publicUser(owner.user), { user: publicUser(owner.user), status: "creator", is_anonymous: false })
  }

  get id(): number {
    return this.chat.id
  }

  /** What is to be seen in it, oldest first. */
  get messages(): Message[] {
    return this.chat.messages
  }

  /** Adds somebody. A bot is told by `my_chat_member` (facts, 9). */
  async add(member: Member): Promise<void> {
    this.#change({ status: "member", user: member.user })
    cameIn(this.world, this.chat, this.owner.user, member.user)
  }

  /** Removes and bans somebody. */
  async ban(member: Member): Promise<void> {
    this.#change({ status: "kicked", user: member.user, until_date: 0 })
    wentOut(this.world, this.chat, this.owner.user, member.user)
  }

  /** Makes somebody administrator, with all rights but anonymity and promoting others unless told otherwise. */
  async promote(member: Member, rights: Partial<ChatAdministratorRights> = {}): Promise<void> {
    this.#change(administrator(this.chat, member.user, rights))
  }

  /** Makes an administrator, or somebody restricted, a plain member again. */
  async demote(member: Member): Promise<void> {
    this.#change({ status: "member", user: member.user })
  }

  /** Takes all permissions from somebody but those that are given. */
  async restrict(member: Member, permissions: ChatPermissions = {}, until_date = 0): Promise<void> {
    this.#change(restricted(member.user, permissions, until_date))
  }

  /** Gives the chat another name. */
  async rename(title: string): Promise<Message> {
    this.chat.traits = { ...this.chat.traits, title }
    return this.say({ new_chat_title: title })
  }

  /** Pins a message. */
  async pin(message: Message): Promise<Message> {
    this.chat.info.pinned.delete(message.message_id)
    this.chat.info.pinned.add(message.message_id)
    return this.say({ pinned_message: withoutReply(message) })
  }

  /** A new invite link. */
  async createInviteLink(traits: Partial<ChatInviteLink> = {}): Promise<ChatInviteLink> {
    return newInviteLink(this.world, this.chat, this.owner.user, traits)
  }

  /** Posts a service message of the owner, or any other message as it is. */
  protected say(content: Partial<Message>): Message {
    const author = this.chat.type === "channel" ? { chat: this.chat } : { user: this.owner.user }
    return this.world.post(this.chat, author, content).message
  }

  #change(member: ChatMember): void {
    changeMember(this.world, this.chat, this.owner.user, member)
  }
}
