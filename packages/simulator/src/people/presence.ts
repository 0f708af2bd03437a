import type { Message, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import type { World } from "../chats/world.ts"
import type { Place } from "./place.ts"
import { Replies } from "./replies.ts"
import { silence, waitFor, type Waiting } from "./time-out.ts"

/** A message, or its `message_id`. */
export type MessageRef = Message | number

/** A person in one chat, and what they see there. */
export class Presence {
  readonly place: Place
  protected readonly replies: Replies = new Replies()

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

  /** A message of this chat in the model. */
  post(message: MessageRef): Post {
    const id = typeof message === "number" ? message : message.message_id
    const post = this.place.find()?.posts.get(id)
    if (post && !post.deleted) return post
    throw new Error(`There is no message ${id} in this chat of ${this.user.first_name}.`)
  }

  /**
   * The next message of a bot that no call of this has taken yet. Service messages are passed over.
   *
   * @throws {TimeoutError} if there is none in time
   */
  nextReply(waiting: Waiting = {}): Promise<Message> {
    return this.#next("new", "waited for a reply in vain", waiting)
  }

  /**
   * The next edited message of a bot, as it was after the edit, that no call of this has taken yet.
   *
   * @throws {TimeoutError} if there is none in time
   */
  nextEdit(waiting: Waiting = {}): Promise<Message> {
    return this.#next("edited", "waited for an edited message in vain", waiting)
  }

  /** Waits until `check` finds something in the chat; `inVain` says what this person did if it does not. */
  protected wait<T>(waiting: Waiting, inVain: string, check: (chat: Chat) => T | undefined): Promise<T> {
    const { world, place } = this
    const look = () => {
      const chat = place.find()
      return chat && check(chat)
    }
    return waitFor(world, waiting, look, () => `${this.user.first_name} ${inVain}. ${silence(place)}`)
  }

  #next(change: "new" | "edited", inVain: string, waiting: Waiting): Promise<Message> {
    return this.wait(waiting, inVain, (chat) => this.replies.take(chat, change, this.place.thread))
  }
}
