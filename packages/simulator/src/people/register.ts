import type { BusinessBotRights, Chat as ChatObject, ChatMember, Message, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { BusinessConnection } from "../chats/business.ts"
import type { Chat } from "../chats/chat.ts"
import { Post } from "../chats/post.ts"
import type { Query } from "../chats/query.ts"
import { administrator } from "../chats/rights.ts"
import { publicUser } from "../chats/user.ts"
import { unixTime } from "../clock/clock.ts"

/** What a recorded update may have, as far as this file looks. */
interface Recorded {
  id?: unknown
  from?: User
  user?: User
  user_chat_id?: number
  chat?: ChatObject
  message?: Message
  message_id?: number
  business_connection_id?: string
  guest_query_id?: string
  rights?: BusinessBotRights
  is_enabled?: boolean
  new_chat_member?: ChatMember
}

/** The kinds that a bot answers by an id. */
const queries: Record<string, Query["kind"]> = {
  callback_query: "callback",
  inline_query: "inline",
  shipping_query: "shipping",
  pre_checkout_query: "pre_checkout",
}

/** Makes the people, chats and messages of a recorded update part of the simulator. */
export function register(bot: Bot, kind: string, content: Recorded): void {
  const { world } = bot
  for (const user of usersIn(content)) if (!world.users.has(user.id)) world.users.set(user.id, user)
  const asked = queries[kind]
  if (asked && content.from) addQuery(bot, asked, String(content.id), content.from)
  if (content.guest_query_id && content.from) addQuery(bot, "guest", content.guest_query_id, content.from)
  if (kind === "business_connection" && content.user) {
    const { rights = {}, is_enabled = true } = content
    Object.assign(connectionOf(bot, String(content.id), content.user), { rights, enabled: is_enabled })
  }
  const message = content.message ?? (content.message_id === undefined ? undefined : (content as Message))
  const chat = message?.chat ?? content.chat
  if (!chat) return
  const found = chatOf(bot, chat, content)
  if (content.new_chat_member) setStatus(bot, kind, found, content.new_chat_member)
  if (message?.date) addPost(found, message, bot)
  else if (message) found.skipMessageIds(message.message_id)
}

/** All accounts that an update tells of. */
function usersIn(value: unknown): User[] {
  if (typeof value !== "object" || value === null) return []
  const user = "is_bot" in value && "first_name" in value && "id" in value && !value.is_bot ? [value as User] : []
  return [...user, ...Object.values(value).flatMap(usersIn)]
}

function addQuery(bot: Bot, kind: Query["kind"], id: string, from: User): void {
  bot.world.queries.set(id, { id, kind, bot: bot.id, from, createdAt: bot.world.clock.now() })
}

function connectionOf(bot: Bot, id: string, owner: User): BusinessConnection {
  const { businessConnections, clock } = bot.world
  const connection = businessConnections.get(id) ?? new BusinessConnection(id, bot, owner, unixTime(clock), {})
  businessConnections.set(id, connection)
  return connection
}

function chatOf(bot: Bot, chat: ChatObject, { business_connection_id, from }: Recorded): Chat {
  const { world } = bot
  const { id, type, ...traits } = chat
  if (type === "private") {
    const user: User = world.users.get(id) ?? { id, is_bot: false, first_name: chat.first_name ?? "", ...from }
    if (business_connection_id === undefined) return world.privateChat({ ...user, id }, bot)
    return connectionOf(bot, business_connection_id, from && from.id !== id ? from : user).chat(user)
  }
  const found = world.chats.get(id) ?? world.addChat(id, type, traits)
  const me = publicUser(bot.user)
  if (!found.has(bot.id)) found.setMember(me, type === "channel" ? administrator(found, me) : undefined)
  if (from && !found.members.has(from.id)) found.setMember(publicUser(from))
  return found
}

/** Takes over somebody's new status. The bot that was recorded is this bot. */
function setStatus(bot: Bot, kind: string, chat: Chat, member: ChatMember): void {
  const user: User | undefined = kind === "my_chat_member" ? publicUser(bot.user) : member.user
  if (user) chat.setMember(user, { ...member, user })
}

/** Keeps the message, as one of the bot if a bot wrote it. */
function addPost(chat: Chat, message: Message, bot: Bot): void {
  const known = chat.posts.get(message.message_id)
  const post = known ?? new Post(chat, message, message.from?.is_bot ? bot.id : undefined)
  post.message = message
  chat.posts.set(post.id, post)
  chat.skipMessageIds(post.id)
  bot.world.journal.tell({ type: "message", chat, post, change: known ? "edited" : "new" })
}
