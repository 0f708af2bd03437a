import type { Message, ReactionType } from "@grammyjs/types"
import type { Chat } from "../chats/chat.ts"
import { canForward, forwarded } from "../chats/forward.ts"
import { newNumber } from "../chats/ids.ts"
import { setReaction } from "../chats/reactions.ts"
import { compose, type Content, edited } from "./content.ts"
import { type InlineOptions, InlineRequest } from "./inline.ts"
import { buyMedia, type PaymentOptions, pay } from "./payment.ts"
import { checkMayDelete, checkMayEdit } from "./permission.ts"
import { actor, type Place, publish } from "./place.ts"
import { type MessageRef, Presence } from "./presence.ts"
import { findButton, type Press, pressButton } from "./press.ts"
import type { Waiting } from "./time-out.ts"

/**
 * A person in one chat. What they do resolves as soon as the updates that come of it are stored, before any is delivered.
 */
export class Participant extends Presence {
  readonly #elsewhere = new Map<string, Participant>()

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
    const media_group_id = newNumber(this.world.random)
    return contents.map((content) => publish(this.place, { ...compose(this.world, content), media_group_id }).message)
  }

  /** Forwards a message of this chat, or of another, to this one. */
  async forward(message: Message): Promise<Message> {
    if (!canForward(message)) throw new Error(`Message ${message.message_id} cannot be forwarded.`)
    return publish(this.place, forwarded(message)).message
  }

  /** Replaces a message's text, caption, file or live location. */
  async edit(message: MessageRef, content: Content): Promise<Message> {
    const post = this.post(message)
    checkMayEdit(this.place, post)
    const { fields, drops } = edited(this.world, post.message, content)
    this.world.edit(post, fields, drops)
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
    const types = reactions.map((one) => (typeof one === "string" ? { type: "emoji", emoji: one } : one))
    setReaction(this.world, this.post(message), actor(this.place), types as ReactionType[])
  }

  /** Votes in a poll, for options counted from 0. None takes the vote back. */
  async vote(message: MessageRef, options: number[]): Promise<void> {
    const { id, message: shown } = this.post(message)
    const poll = this.world.polls.get(shown.poll?.id ?? "")
    if (!poll) throw new Error(`Message ${id} has no poll.`)
    poll.vote(actor(this.place), options)
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
    const found = await this.wait(waiting, inVain, (chat) => findButton(chat, button, only))
    this.replies.passTo(found.post.chat, found.post)
    return pressButton(this.place, found)
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

  /** This person somewhere else: always the same object, so that it knows which replies were taken. */
  protected elsewhere(where: string, place: () => Place): Participant {
    const known = this.#elsewhere.get(where) ?? new Participant(place())
    this.#elsewhere.set(where, known)
    return known
  }
}
