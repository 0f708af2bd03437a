import type { ChatMember } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { changeMember } from "../chats/membership.ts"
import { hasRight, type Right } from "../chats/rights.ts"
import { publicUser } from "../chats/user.ts"

/** Fails if the bot has not this right in the chat; `otherwise` is what Telegram says then. */
export function needRight({ bot }: Call, chat: Chat, right: Right, otherwise: string): void {
  if (!hasRight(chat, bot.id, right)) throw badRequest(otherwise)
}

/** Fails in a private chat; `otherwise` is what Telegram says then. */
export function notPrivate(chat: Chat, otherwise: string): void {
  if (chat.type === "private") throw badRequest(otherwise)
}

/** Fails in a basic group or private chat. */
export function onlyBig(chat: Chat): void {
  if (chat.type === "supergroup" || chat.type === "channel") return
  throw badRequest("method is available for supergroup and channel chats only")
}

/** Fails anywhere but in a supergroup. */
export function onlySupergroup(chat: Chat): void {
  if (chat.type !== "supergroup") throw badRequest("method is available only for supergroups")
}

/** The id of a user in a call. */
export function userId({ parameters }: Call, name = "user_id"): number {
  const id = parameters.integer(name)
  if (id <= 0) throw badRequest(`invalid ${name} specified`)
  return id
}

/** Makes somebody in a chat what `member` says, in the name of the bot. */
export function changeStatus({ bot, world }: Call, chat: Chat, member: ChatMember): void {
  changeMember(world, chat, publicUser(bot.user), member)
}
