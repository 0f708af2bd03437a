import type { Message, User, UserFromGetMe } from "@grammyjs/types"
import { Bot } from "../bot.ts"
import type { Clock } from "../clock/clock.ts"
import { unixTime } from "../clock/clock.ts"
import type { Journal } from "../journal.ts"
import type { Random } from "../random.ts"
import { Chat, type ChatTraits } from "./chat.ts"
import { Files } from "./files.ts"
import { Post } from "./post.ts"
import type { Query } from "./query.ts"

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
  readonly files: Files

  constructor(clock: Clock, random: Random, journal: Journal) {
    this.clock = clock
    this.random = random
    this.journal = journal
    this.files = new Files(random)
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
    const { first_name, last_name, username } = user
    const traits = { first_name, ...(last_name && { last_name }), ...(username && { username }) }
    const chat = new Chat(user.id, "private", traits, bot)
    chat.setMember(user)
    chat.setMember(publicUser(bot.user))
    bot.privateChats.set(user.id, chat)
    return chat
  }

  /**
   * Posts a message: it gets an id and a date, is kept in the chat, and becomes an update for each bot that sees it.
   *
   * @param content the fields of the message beside id, date, chat and sender
   */
  post(chat: Chat, author: Author, content: Partial<Message>): Post {
    const message = {
      message_id: chat.nextMessageId(),
      ...(author.user && { from: author.user }),
      ...(author.chat && { sender_chat: author.chat.object }),
      chat: chat.object,
      date: unixTime(this.clock),
      ...content,
    } as Message
    const post = new Post(chat, message, author.bot?.id)
    chat.posts.set(post.id, post)
    for (const bot of this.witnesses(post)) bot.emit(chat.type === "channel" ? "channel_post" : "message", message)
    this.#tell(post, "new")
    return post
  }

  /** Changes a message. People's edits become updates for the bots that see them; a bot's own do not. */
  edit(post: Post, changes: Partial<Message>, { silent = false }: { silent?: boolean } = {}): void {
    const dated = silent ? {} : { edit_date: unixTime(this.clock) }
    post.message = { ...post.message, ...dated, ...changes }
    const kind = post.chat.type === "channel" ? "edited_channel_post" : "edited_message"
    for (const bot of this.witnesses(post)) bot.emit(kind, post.message)
    this.#tell(post, "edited")
  }

  /** Deletes a message. Telegram tells bots nothing of it, except business bots. */
  delete(post: Post): void {
    post.deleted = true
    this.#tell(post, "deleted")
  }

  /** A new id for a query, as text of digits. */
  newQuery(query: Omit<Query, "id" | "createdAt">): Query {
    const id = `${this.random.integer(1, 999_999_999)}${String(this.random.integer(0, 999_999_999)).padStart(9, "0")}`
    const complete: Query = { ...query, id, createdAt: this.clock.now() }
    this.queries.set(id, complete)
    return complete
  }

  /** The bots that are told of a message: those in its chat, without its author and, with privacy, without what is not for them. */
  witnesses(post: Post): Bot[] {
    const { chat, message } = post
    if (chat.bot) return post.bot === undefined ? [chat.bot] : []
    return [...this.bots.values()].filter(
      (bot) =>
        chat.has(bot.id) &&
        bot.id !== post.bot &&
        (post.bot === undefined || chat.type === "channel") &&
        (chat.type === "channel" || sees(bot, chat, message)),
    )
  }

  #tell(post: Post, change: "new" | "edited" | "deleted"): void {
    this.journal.tell({ type: "message", chat: post.chat, post, change })
    this.clock.changed()
  }
}

/** Whether a bot with privacy mode is told of a message: commands, mentions, replies to it, and service messages. */
function sees(bot: Bot, chat: Chat, message: Message): boolean {
  if (bot.user.can_read_all_group_messages || chat.isAdministrator(bot.id)) return true
  if (message.reply_to_message?.from?.id === bot.id || message.via_bot?.id === bot.id) return true
  const text = message.text ?? message.caption
  if (text === undefined) return !("photo" in message || "document" in message || "sticker" in message)
  const name = `@${bot.user.username}`.toLowerCase()
  return (message.entities ?? message.caption_entities ?? []).some(({ type, offset, length }) => {
    const part = text.slice(offset, offset + length).toLowerCase()
    return type === "bot_command" ? !part.includes("@") || part.endsWith(name) : type === "mention" && part === name
  })
}

/** A user as others see it: without what only `getMe` tells. */
function publicUser({ id, is_bot, first_name, last_name, username }: User): User {
  return { id, is_bot, first_name, ...(last_name && { last_name }), ...(username && { username }) }
}
