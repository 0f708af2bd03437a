import type { Message, User, UserFromGetMe } from "@grammyjs/types"
import { Bot } from "../bot.ts"
import type { Clock } from "../clock/clock.ts"
import { unixTime } from "../clock/clock.ts"
import type { Journal } from "../journal.ts"
import type { Random } from "../random.ts"
import { Services } from "../registration/services.ts"
import { BusinessChat, type BusinessConnection } from "./business.ts"
import { Chat, type ChatTraits } from "./chat.ts"
import { Files } from "./files.ts"
import { newNumber } from "./ids.ts"
import type { Poll } from "./poll.ts"
import { type Author, type Keyboard, Post } from "./post.ts"
import { inOrder, without } from "./message-fields.ts"
import type { Query } from "./query.ts"
import { privateTraits, publicUser } from "./user.ts"
import { witnesses } from "./witnesses.ts"

/** All people, bots, chats and files there are. */
export class World {
  readonly clock: Clock
  readonly random: Random
  readonly journal: Journal
  readonly users: Map<number, User> = new Map()
  /** Groups, supergroups and channels by id. Private chats are with their bots. */
  readonly chats: Map<number, Chat> = new Map()
  /** By the id that begins their token. */
  readonly bots: Map<number, Bot> = new Map()
  readonly queries: Map<string, Query> = new Map()
  readonly polls: Map<string, Poll> = new Map()
  /** Bots in the private chats of business accounts, by the connection's id. */
  readonly businessConnections: Map<string, BusinessConnection> = new Map()
  /** Private chats between people, which no bot is in, by both ids. */
  readonly dialogs: Map<string, Chat> = new Map()
  /** Messages sent by inline mode that their bot can edit, by `inline_message_id`. */
  readonly inlineMessages: Map<string, Post> = new Map()
  readonly files: Files
  readonly services: Services

  constructor(clock: Clock, random: Random, journal: Journal, services: Services = new Services(clock)) {
    this.clock = clock
    this.random = random
    this.journal = journal
    this.files = new Files(random)
    this.services = services
  }

  addBot(token: string, traits: Partial<UserFromGetMe> = {}): Bot {
    const id = Number.parseInt(token, 10)
    const user: UserFromGetMe = {
      id,
      is_bot: true,
      first_name: "Bot",
      username: `simulated_${id}_bot`,
      can_join_groups: true,
      can_read_all_group_messages: true,
      supports_inline_queries: true,
      can_connect_to_business: true,
      has_main_web_app: false,
      ...traits,
    } as UserFromGetMe
    const bot = new Bot(this, token, user)
    this.bots.set(id, bot)
    this.users.set(id, publicUser(user))
    return bot
  }

  addChat(id: number, type: Chat["type"], traits: ChatTraits): Chat {
    const chat = new Chat(id, type, traits)
    this.chats.set(id, chat)
    return chat
  }

  /** The private chat of a person and a bot, made when it is first asked for. */
  privateChat(user: User, bot: Bot): Chat {
    const existing = bot.privateChats.get(user.id)
    if (existing) return existing
    const chat = new Chat(user.id, "private", privateTraits(user), bot)
    chat.setMember(user)
    chat.setMember(publicUser(bot.user))
    bot.privateChats.set(user.id, chat)
    return chat
  }

  /**
   * Posts a message: it gets an id and a date, is kept in the chat, and becomes an update for each bot that sees it.
   *
   * @param content the fields of the message beside id, date, chat and sender
   * @param keyboard what a bot puts in the place of the keyboard with it, if that is not an inline keyboard
   */
  post(chat: Chat, author: Author, content: Partial<Message>, keyboard?: Keyboard): Post {
    const message: Message = inOrder({
      ...chat.marks,
      message_id: content.message_id ?? chat.nextMessageId(),
      ...(author.user && { from: author.user }),
      ...(author.chat && { sender_chat: author.chat.object }),
      chat: chat.object,
      date: unixTime(this.clock),
      ...content,
    })
    const post = new Post(chat, message, author.bot?.id, keyboard)
    chat.posts.set(post.id, post)
    this.polls.get(message.poll?.id ?? "")?.show(post)
    for (const bot of witnesses(this, post, post.bot)) bot.emit(chat.kinds.new, message)
    this.#tell(post, "new")
    return post
  }

  /**
   * Changes a message. It becomes an update for each bot that sees it, but not for the one that did it.
   *
   * @param changes the new fields
   * @param drops the fields that go, unless they are among the new ones
   * @param actor the id of the bot that did it, if a bot did
   */
  edit(post: Post, changes: Partial<Message>, drops: readonly string[] = [], actor?: number): void {
    post.message = inOrder({ ...without(post.message, drops), edit_date: unixTime(this.clock), ...changes })
    for (const bot of witnesses(this, post, actor)) bot.emit(post.chat.kinds.edited, post.message)
    this.#tell(post, "edited")
  }

  /** Deletes messages of one chat. Telegram tells bots nothing of it, except those of business accounts. */
  delete(...posts: Post[]): void {
    for (const post of posts) post.deleted = true
    const chat = posts[0]?.chat
    if (chat instanceof BusinessChat && chat.connection.enabled) {
      const message_ids = posts.map(({ id }) => id)
      chat.connection.bot.emit("deleted_business_messages", { ...chat.marks, chat: chat.object, message_ids })
    }
    for (const post of posts) this.#tell(post, "deleted")
  }

  /** A new id for a query, as text of digits. */
  newQuery(query: Omit<Query, "id" | "createdAt">): Query {
    const complete: Query = { ...query, id: newNumber(this.random), createdAt: this.clock.now() }
    this.queries.set(complete.id, complete)
    return complete
  }

  #tell(post: Post, change: "new" | "edited" | "deleted"): void {
    post.chat.history.push({ post, message: post.message, change })
    this.journal.tell({ type: "message", chat: post.chat, post, change })
    this.clock.changed()
  }
}
