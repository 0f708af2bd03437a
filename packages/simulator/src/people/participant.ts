import type { Message, ReactionType, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import { setReaction } from "../chats/reactions.ts"
import type { World } from "../chats/world.ts"
import { compose, type Content } from "./content.ts"
import { forwarded } from "./forward.ts"
import { type InlineOptions, InlineRequest } from "./inline.ts"
import { buyMedia, type PaymentOptions, pay } from "./payment.ts"
import { checkMayDelete, checkMayEdit } from "./permission.ts"
import { actor, type Place, publish } from "./place.ts"
import { findButton, type Press, pressButton } from "./press.ts"
import { reactionTypes } from "./reaction-types.ts"
import { Replies } from "./replies.ts"
import { silence, waitFor, type Waiting } from "./time-out.ts"
import { castVote } from "./vote.ts"

/** A message, or its `message_id`. */
export type MessageRef = Message | number

/**
 * A person in one chat. What they do resolves as soon as the updates that come of it are stored, before any is delivered.
 */
export class Participant {
  readonly place: Place
  readonly #replies = new Replies()
  readonly #elsewhere = new Map<string, Participant>()

  constructor(place: Place) {
    this.place = place
  }

  get world(): World {
    return this.place.world
  }

  get user(): User {
    return this.place.user
  }

  /** The id of the user. */
  get id(): number {
    return this.user.id
  }

  /** The bot of the private chat; in other chats, the one that is asked by inline mode. */
  get bot(): Bot {
    return this.place.bot
  }

  /** The chat. A private chat with a bot is opened by this: from then on the bot may write there. */
  get chat(): Chat {
    return this.place.open()
  }

  /** What is to be seen in the chat, oldest first. */
  get messages(): Message[] {
    return this.place.find()?.messages ?? []
  }

  /** Starts the bot, as its button or a link with a parameter does. */
  start(parameter?: string): Promise<Message> {
    return this.send(parameter === undefined ? "/start" : `/start ${parameter}`)
  }

  /** Sends a message. */
  async send(content: Content): Promise<Message> {
    return publish(this.place, compose(this.world, content)).message
  }

  /** Sends several photos, videos or files as one album. */
  async sendAlbum(contents: Content[]): Promise<Message[]> {
    const media_group_id = this.world.newNumber()
    return contents.map((content) => publish(this.place, { ...compose(this.world, content), media_group_id }).message)
  }

  /** Forwards a message of this chat, or of another, to this one. */
  async forward(message: Message): Promise<Message> {
    return publish(this.place, forwarded(message)).message
  }

  /** Replaces a message's text, caption, file or live location. */
  async edit(message: MessageRef, content: Content): Promise<Message> {
    const post = this.post(message)
    checkMayEdit(this.place, post)
    this.world.edit(post, compose(this.world, content))
    return post.message
  }

  /** Deletes messages. Bots are told of it only in the chats of business accounts. */
  async delete(...messages: MessageRef[]): Promise<void> {
    const posts = messages.map((message) => this.post(message))
    for (const post of posts) checkMayDelete(this.place, post)
    this.world.delete(...posts)
  }

  /** Sets this person's reactions to a message: emoji, or Telegram's objects. None takes them back. */
  async react(message: MessageRef, ...reactions: (string | ReactionType)[]): Promise<void> {
    setReaction(this.world, this.post(message), actor(this.place), reactionTypes(reactions))
  }

  /** Votes in a poll, for options counted from 0. None takes the vote back. */
  async vote(message: MessageRef, options: number[]): Promise<void> {
    castVote(this.world, this.post(message), actor(this.place), options)
  }

  /**
   * Presses a button, named by its text or its callback data, of the newest message that has one or of the keyboard below
   * the chat. Waits until there is one. All messages up to this one then count as taken, so that {@link nextReply} is what
   * comes after.
   *
   * @throws {TimeoutError} if there is no such button in time
   */
  async press(button: string, { message, ...waiting }: Waiting & { message?: MessageRef } = {}): Promise<Press> {
    const only = message === undefined ? undefined : this.post(message)
    const inVain = `found no button "${button}" to press`
    const found = await this.#wait(waiting, inVain, (chat) => findButton(chat, button, only))
    this.#replies.passTo(found.post.chat, found.post)
    return pressButton(this.place, found)
  }

  /**
   * The next message of a bot that no call of this has taken yet. Service messages are passed over.
   *
   * @throws {TimeoutError} if there is none in time
   */
  nextReply(waiting: Waiting = {}): Promise<Message> {
    return this.#wait(waiting, "waited for a reply in vain", (chat) =>
      this.#replies.take(chat, "new", this.place.thread),
    )
  }

  /**
   * The next edited message of a bot, as it was after the edit, that no call of this has taken yet.
   *
   * @throws {TimeoutError} if there is none in time
   */
  nextEdit(waiting: Waiting = {}): Promise<Message> {
    return this.#wait(waiting, "waited for an edited message in vain", (chat) =>
      this.#replies.take(chat, "edited", this.place.thread),
    )
  }

  /** Types "@bot query" in this chat. The results come with {@link InlineRequest.answered}. */
  async inline(query: string, options: InlineOptions = {}): Promise<InlineRequest> {
    return new InlineRequest(this.place, query, options)
  }

  /** Pays an invoice: waits for the bot's answers on the way; resolves to the message with `successful_payment`. */
  pay(invoice: MessageRef, options: PaymentOptions = {}): Promise<Message> {
    return pay(this.place, this.post(invoice), options)
  }

  /** Pays for the photos and videos of a message. */
  async buy(message: MessageRef): Promise<void> {
    buyMedia(this.place, this.post(message))
  }

  /** The same person, writing in a topic of the forum. */
  inTopic(topic: { message_thread_id?: number } | number): Participant {
    const thread = typeof topic === "number" ? topic : topic.message_thread_id
    return this.elsewhere(`topic ${thread}`, () => ({ ...this.place, ...(thread !== undefined && { thread }) }))
  }

  /** The same person, acting in the name of a channel, or of the group that they administer anonymously. */
  as({ chat }: { chat: Chat }): Participant {
    return this.elsewhere(`as ${chat.id}`, () => ({ ...this.place, mask: chat }))
  }

  /** A message of this chat in the model. */
  post(message: MessageRef): Post {
    const id = typeof message === "number" ? message : message.message_id
    const post = this.place.find()?.posts.get(id)
    if (post && !post.deleted) return post
    throw new Error(`There is no message ${id} in this chat of ${this.user.first_name}.`)
  }

  /** This person somewhere else: always the same object, so that it knows which replies were taken. */
  protected elsewhere(where: string, place: () => Place): Participant {
    const known = this.#elsewhere.get(where) ?? new Participant(place())
    this.#elsewhere.set(where, known)
    return known
  }

  #wait<T>(waiting: Waiting, inVain: string, check: (chat: Chat) => T | undefined): Promise<T> {
    const { world, place } = this
    const look = () => {
      const chat = place.find()
      return chat && check(chat)
    }
    return waitFor(world, waiting, look, () => `${this.user.first_name} ${inVain}. ${silence(place)}`)
  }
}
