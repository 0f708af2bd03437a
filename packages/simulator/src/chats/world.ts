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
import type { Poll } from "./poll.ts"
import { type Keyboard, Post } from "./post.ts"
import { sees } from "./privacy.ts"
import type { Query } from "./query.ts"
import { isToldToItself } from "./service-message.ts"
import { privateTraits, publicUser } from "./user.ts"

/** Who posts: a person, a bot, or a chat in its own name. */
export interface Author {
  user?: User
  /** An anonymous administrator, or a channel. */
  chat?: Chat
  /** Set when a bot posts. */
  bot?: Bot
}

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
    const message: Message = {
      ...chat.marks,
      message_id: content.message_id ?? chat.nextMessageId(),
      ...(author.user && { from: author.user }),
      ...(author.chat && { sender_chat: author.chat.object }),
      chat: chat.object,
      date: unixTime(this.clock),
      ...content,
    }
    const post = new Post(chat, message, author.bot?.id, keyboard)
    chat.posts.set(post.id, post)
    this.polls.get(message.poll?.id ?? "")?.show(post)
    for (const bot of this.witnesses(post)) bot.emit(chat.kinds.new, message)
    this.#tell(post, "new")
    return post
  }

  /** Changes a message. People's edits become updates for the bots that see them; a bot's own do not. */
  edit(post: Post, changes: Partial<Message>, { silent = false }: { silent?: boolean } = {}): void {
    const dated = silent ? {} : { edit_date: unixTime(this.clock) }
    post.message = { ...post.message, ...dated, ...changes }
    for (const bot of this.witnesses(post)) bot.emit(post.chat.kinds.edited, post.message)
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
    const complete: Query = { ...query, id: this.newNumber(), createdAt: this.clock.now() }
    this.queries.set(complete.id, complete)
    return complete
  }

  /** A number of up to 18 digits, as text: the form that the ids of queries and polls have. */
  newNumber(): string {
    return `${this.random.integer(1, 999_999_999)}${String(this.random.integer(0, 999_999_999)).padStart(9, "0")}`
  }

  /** The bots that are told of a message: those in its chat, without its author and, with privacy, without what is not for them. */
  witnesses({ chat, message, bot: author }: Post): Bot[] {
    if (chat instanceof BusinessChat && !chat.connection.enabled) return []
    const byBot = author !== undefined
    if (chat.bot) return !byBot || isToldToItself(message) ? [chat.bot] : []
    const isPublic = chat.type === "channel"
    return [...this.bots.values()].filter((bot) => {
      if (!chat.has(bot.id)) return message.left_chat_member?.id === bot.id
      if (bot.id === author) return isToldToItself(message)
      return isPublic || (!byBot && sees(bot, chat, message))
    })
  }

  #tell(post: Post, change: "new" | "edited" | "deleted"): void {
    post.chat.history.push({ post, message: post.message, change })
    this.journal.tell({ type: "message", chat: post.chat, post, change })
    this.clock.changed()
  }
}
