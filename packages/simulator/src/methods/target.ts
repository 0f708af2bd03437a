import { ApiError, badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Bot } from "../bot.ts"
import { BusinessChat } from "../chats/business.ts"
import { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import { privateTraits } from "../chats/user.ts"
import type { World } from "../chats/world.ts"

/** What a method wants of a chat. To read a public chat, a bot need not be in it. */
export type Access = "read" | "edit" | "write"

/** The chat that a call is about, by id or by @username. */
export function targetChat({ bot, parameters }: Call, name = "chat_id", access: Access = "write"): Chat {
  const connection = parameters.text("business_connection_id")
  if (connection !== "") return businessChat(bot, connection, parameters.text(name))
  return findChat(bot, parameters.text(name), access)
}

/** A private chat of a business account that the bot is connected to. */
function businessChat(bot: Bot, id: string, name: string): Chat {
  if (name === "") throw badRequest("chat identifier is empty")
  if (!/^-?\d+$/.test(name)) throw badRequest("chat identifier must be a valid Integer")
  const connection = bot.world.businessConnections.get(id)
  if (connection?.bot !== bot) throw badRequest("business connection not found")
  if (!connection.enabled) throw badRequest("BUSINESS_CONNECTION_INVALID")
  const chat = connection.chats.get(Number(name))
  if (!chat) throw badRequest("BUSINESS_PEER_INVALID")
  return chat
}

/** A chat by its id or @username, as far as the bot may use it. */
export function findChat(bot: Bot, name: string, access: Access): Chat {
  if (name === "") throw badRequest("chat_id is empty")
  const chat = name.startsWith("@") ? byUsername(bot.world, name.slice(1)) : byId(bot, Number.parseInt(name, 10))
  if (!chat) throw badRequest("chat not found")
  checkAccess(bot, chat, access)
  return chat
}

/** Which parameters name a message. */
export interface PostNames {
  chat: string
  message: string
}

/**
 * The message that a call is about.
 *
 * @param what what Telegram calls it when there is none, such as `message to edit`
 */
export function targetPost(
  call: Call,
  what: string,
  access: Access = "edit",
  names: PostNames = { chat: "chat_id", message: "message_id" },
): Post {
  const chat = targetChat(call, names.chat, access)
  const post = findPost(call.bot, chat, call.parameters.integer(names.message))
  if (!post) throw badRequest(`${what} not found`)
  return post
}

/** A message that is still there, in a chat whose messages the bot may see. */
export function findPost(bot: Bot, chat: Chat, id: number): Post | undefined {
  const post = chat.posts.get(id)
  return post && !post.deleted && (chat.bot || chat.has(bot.id)) ? post : undefined
}

/** Fails as Telegram does if what the bot sends cannot arrive at the person of a private chat. */
export function checkReach(bot: Bot, chat: Chat): void {
  if (chat.type !== "private" || chat instanceof BusinessChat) return
  if (bot.world.users.get(chat.id)?.is_bot) throw forbidden("the bot can't send messages to the bot")
  if (bot.privateChats.get(chat.id) !== chat) throw forbidden("bot can't initiate conversation with a user")
  if (chat.members.get(bot.id)?.status === "kicked") throw forbidden("bot was blocked by the user")
}

function byUsername(world: World, username: string): Chat | undefined {
  const wanted = username.toLowerCase()
  return [...world.chats.values()].find(
    ({ type, traits }) => type !== "group" && traits.username?.toLowerCase() === wanted,
  )
}

function byId(bot: Bot, id: number): Chat | undefined {
  if (id < 0) return bot.world.chats.get(id)
  return bot.privateChats.get(id) ?? unopened(bot, id)
}

/** The private chat with somebody whom the bot met in a group, and who never wrote to it. */
function unopened(bot: Bot, id: number): Chat | undefined {
  const user = bot.world.users.get(id)
  const met = [...bot.world.chats.values()].some((chat) => chat.has(bot.id) && chat.members.has(id))
  if (!user || !met) return undefined
  return new Chat(id, "private", privateTraits(user), bot)
}

function checkAccess(bot: Bot, chat: Chat, access: Access): void {
  if (chat.migratedTo && access === "write") {
    const parameters = { migrate_to_chat_id: chat.migratedTo.id }
    throw new ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters)
  }
  if (chat.type === "private" || chat.has(bot.id)) return
  const member = chat.members.get(bot.id)
  const isPublic = chat.traits.username !== undefined
  if (!member && !isPublic) throw badRequest("chat not found")
  if (member?.status === "kicked" && (chat.type !== "group" || access !== "read")) {
    throw forbidden(`bot was kicked from the ${chat.type} chat`)
  }
  const open = chat.type === "group" || isPublic
  if (!open || access !== "read") throw forbidden(`bot is not a member of the ${chat.type} chat`)
}

function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`)
}
