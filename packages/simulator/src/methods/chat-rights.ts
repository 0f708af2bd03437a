import type { ChatAdministratorRights, ChatMember } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { changeMember } from "../chats/membership.ts"
import { publicUser } from "../chats/user.ts"

/** A right of an administrator. */
export type Right = keyof ChatAdministratorRights

/** Whether somebody administers the chat with this right. Its owner has all. */
export function hasRight(chat: Chat, user: number, right: Right): boolean {
  const member = chat.members.get(user)
  return member?.status === "creator" || (member?.status === "administrator" && member[right] === true)
}

/** Fails if the bot has not this right in the chat; `otherwise` is what Telegram says then. */
export function needRight({ bot }: Call, chat: Chat, right: Right, otherwise: string): void {
  if (!hasRight(chat, bot.id, right)) throw badRequest(otherwise)
}

/** Fails in a private chat; `otherwise` is what Telegram says then. */
export function notPrivate(chat: Chat, otherwise: string): void {
  if (chat.type === "private") throw badRequest(otherwise)
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
