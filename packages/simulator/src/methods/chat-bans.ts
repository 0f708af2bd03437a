import type { ChatMember } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { type Chat, isMember } from "../chats/chat.ts"
import { wentOut } from "../chats/join.ts"
import { restricted } from "../chats/permissions.ts"
import { publicUser } from "../chats/user.ts"
import { unixTime } from "../clock/clock.ts"
import { memberOf } from "./chat-get.ts"
import { permissionsOf } from "./chat-permissions.ts"
import { changeStatus, needRight, notPrivate, onlyBig, onlySupergroup, userId } from "./chat-rights.ts"
import { targetChat } from "./target.ts"

/** In seconds: a ban or restriction that is shorter or longer is for ever. */
const SHORTEST = 30
const LONGEST = 366 * 86_400

const noRights = "not enough rights to restrict/unrestrict chat member"

/** The methods that put somebody out of a chat, or keep them from writing. */
export const banMembers: Record<string, Method> = {
  banChatMember: ban,
  kickChatMember: ban,

  unbanChatMember(call) {
    const id = userId(call)
    const chat = targetChat(call)
    onlyBig(chat)
    const before = memberOf(call, chat, id)
    const isBanned = before.status === "kicked"
    if (before.status === "left" || (!isBanned && call.parameters.boolean("only_if_banned"))) return true
    checkRestrict(call, chat, before)
    remove(call, chat, before, { status: "left", user: before.user })
    return true
  },

  restrictChatMember(call) {
    const id = userId(call)
    const given = permissionsOf(call)
    const chat = targetChat(call)
    onlySupergroup(chat)
    const before = memberOf(call, chat, id)
    checkRestrict(call, chat, before)
    const is_member = isMember(before)
    const { user } = before
    const isFree = !Object.values(given).includes(false)
    const free: ChatMember = { status: is_member ? "member" : "left", user }
    changeStatus(call, chat, isFree ? free : { ...restricted(user, given, untilDate(call)), is_member })
    return true
  },

  banChatSenderChat(call) {
    const { chat, sender } = senderOf(call)
    chat.info.bannedSenders.add(sender)
    return true
  },

  unbanChatSenderChat(call) {
    const { chat, sender } = senderOf(call)
    chat.info.bannedSenders.delete(sender)
    return true
  },

  leaveChat(call) {
    const chat = targetChat(call, "chat_id", "read")
    notPrivate(chat, "can't leave private chats")
    const user = publicUser(call.bot.user)
    if (chat.has(user.id)) remove(call, chat, memberOf(call, chat, user.id), { status: "left", user })
    return true
  },
}

function ban(call: Call): true {
  const id = userId(call)
  const chat = targetChat(call)
  notPrivate(chat, "can't ban members in private chats")
  const before = memberOf(call, chat, id)
  checkRestrict(call, chat, before)
  const until_date = chat.type === "group" ? 0 : untilDate(call)
  remove(call, chat, before, { status: "kicked", user: before.user, until_date })
  return true
}

/** Puts somebody out, or keeps them out. */
function remove(call: Call, chat: Chat, before: ChatMember, after: ChatMember): void {
  changeStatus(call, chat, after)
  if (isMember(before)) wentOut(call.world, chat, publicUser(call.bot.user), before.user)
}

function checkRestrict(call: Call, chat: Chat, member: ChatMember): void {
  if (member.status === "creator") throw badRequest("can't remove chat owner")
  if (member.user.id === call.bot.id) throw badRequest("can't restrict self")
  needRight(call, chat, "can_restrict_members", noRights)
  if (member.status === "administrator" && !member.can_be_edited) {
    throw badRequest("user is an administrator of the chat")
  }
}

/** When a ban or restriction ends, in Unix seconds; 0 for never. */
function untilDate({ world, parameters }: Call): number {
  const until = parameters.integer("until_date")
  const seconds = until - unixTime(world.clock)
  return seconds < SHORTEST || seconds > LONGEST ? 0 : until
}

function senderOf(call: Call): { chat: Chat; sender: number } {
  const chat = targetChat(call)
  notPrivate(chat, "can't ban members in private chats")
  if (chat.type === "group") throw badRequest("can't ban chats in basic groups")
  const sender = call.parameters.integer("sender_chat_id")
  if (!call.world.chats.has(sender)) throw badRequest("chat not found")
  needRight(call, chat, "can_restrict_members", noRights)
  return { chat, sender }
}
