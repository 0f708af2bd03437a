import type { ChatAdministratorRights, ChatMember } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { type Chat, isMember } from "../chats/chat.ts"
import { administrator } from "../chats/rights.ts"
import { Fields, isObject } from "../text/fields.ts"
import { readOrRefuse, refusal } from "../text/refusal.ts"
import { memberOf } from "./chat-get.ts"
import { changeStatus, hasRight, needRight, type Right, userId } from "./chat-rights.ts"
import { targetChat } from "./target.ts"

/** What administrators can be allowed, in the order in which Telegram tells it. */
const rightNames: readonly Right[] = [
  "can_manage_chat",
  "can_change_info",
  "can_post_messages",
  "can_edit_messages",
  "can_delete_messages",
  "can_invite_users",
  "can_restrict_members",
  "can_pin_messages",
  "can_manage_topics",
  "can_promote_members",
  "can_manage_video_chats",
  "can_post_stories",
  "can_edit_stories",
  "can_delete_stories",
  "can_manage_direct_messages",
  "can_manage_tags",
  "can_send_welcome_messages",
  "is_anonymous",
]
const inChannels: ReadonlySet<Right> = new Set(["can_post_messages", "can_edit_messages", "can_manage_direct_messages"])
const inGroups: ReadonlySet<Right> = new Set(["can_pin_messages", "can_manage_topics", "can_manage_tags"])

/** The methods that make administrators, and say what they are called. */
export const promoteMembers: Record<string, Method> = {
  promoteChatMember(call) {
    const id = userId(call)
    const chat = targetChat(call)
    if (chat.type !== "supergroup" && chat.type !== "channel") {
      throw badRequest("method is available for supergroup and channel chats only")
    }
    const before = memberOf(call, chat, id)
    const rights = rightsOf(call, chat)
    checkPromote(call, chat, before, rights)
    const { user } = before
    const isPromotion = Object.values(rights).includes(true)
    const promoted = { ...administrator(chat, user, rights), can_be_edited: true, can_manage_chat: true }
    if (isPromotion) changeStatus(call, chat, promoted)
    else if (before.status === "administrator") changeStatus(call, chat, { status: "member", user })
    return true
  },

  setChatAdministratorCustomTitle(call) {
    const { chat, member } = memberInGroup(call)
    if (member.status === "creator") throw badRequest("only the owner can edit their custom title")
    if (member.status !== "administrator") throw badRequest("user is not an administrator")
    if (!member.can_be_edited) throw badRequest("not enough rights to change custom title of the user")
    changeStatus(call, chat, { ...member, custom_title: shortName(call, "custom_title") })
    return true
  },

  setChatMemberTag(call) {
    const { chat, member } = memberInGroup(call)
    needRight(call, chat, "can_manage_tags", "not enough rights to change the tag of the user")
    if (member.status !== "member" && member.status !== "restricted") throw badRequest("USER_NOT_PARTICIPANT")
    changeStatus(call, chat, { ...member, tag: shortName(call, "tag") })
    return true
  },

  getMyDefaultAdministratorRights({ bot, parameters }) {
    const place = parameters.boolean("for_channels") ? "channels" : "groups"
    return bot.profile.administratorRights[place] ?? namedRights(new Fields({}), place)
  },

  setMyDefaultAdministratorRights({ bot, parameters }) {
    const place = parameters.boolean("for_channels") ? "channels" : "groups"
    if (!parameters.has("rights")) {
      delete bot.profile.administratorRights[place]
      return true
    }
    const value = parameters.json("rights")
    if (value === undefined) throw refusal("Can't parse ChatAdministratorRights JSON object")
    if (!isObject(value)) throw refusal("Object expected as ChatAdministratorRights")
    const read = () => namedRights(new Fields(value), place)
    bot.profile.administratorRights[place] = readOrRefuse(read, "Can't parse ChatAdministratorRights: ")
    return true
  },
}

function checkPromote(call: Call, chat: Chat, before: ChatMember, rights: ChatAdministratorRights): void {
  if (before.status === "creator") throw badRequest("can't remove chat owner")
  if (before.user.id === call.bot.id) throw badRequest("can't promote self")
  needRight(call, chat, "can_promote_members", "not enough rights")
  if (!isMember(before)) throw badRequest("USER_NOT_PARTICIPANT")
  if (before.status === "administrator" && !before.can_be_edited) throw badRequest("CHAT_ADMIN_REQUIRED")
  const missing = rightNames.some(
    (name) => rights[name] && name !== "is_anonymous" && !hasRight(chat, call.bot.id, name),
  )
  if (missing) throw badRequest("RIGHT_FORBIDDEN")
}

/** The rights that a call gives, of those that there are in such a chat. */
function rightsOf({ parameters }: Call, chat: Chat): ChatAdministratorRights {
  const given = rightNames.filter((name) => parameters.boolean(name))
  const isChannel = chat.type === "channel"
  const place = isChannel ? "channels" : "groups"
  const rights = namedRights(new Fields(Object.fromEntries(given.map((name) => [name, true]))), place)
  // In channels, who may do anything may see the members and remove them, unless the call says otherwise.
  const restricts = isChannel && given.length > 0 && !parameters.has("can_restrict_members")
  return restricts ? { ...rights, can_restrict_members: true } : rights
}

function namedRights(fields: Fields, place: "groups" | "channels"): ChatAdministratorRights {
  const elsewhere = place === "channels" ? inGroups : inChannels
  const names = rightNames.filter((name) => !elsewhere.has(name))
  return Object.fromEntries(names.map((name) => [name, fields.boolean(name)])) as unknown as ChatAdministratorRights
}

function memberInGroup(call: Call): { chat: Chat; member: ChatMember } {
  const id = userId(call)
  const chat = targetChat(call)
  if (chat.type !== "group" && chat.type !== "supergroup") {
    throw badRequest("method is available only for groups and supergroups")
  }
  return { chat, member: memberOf(call, chat, id) }
}

/** What somebody is called beside their name: at most 16 characters. */
function shortName({ parameters }: Call, name: string): string {
  const text = parameters.text(name)
  if (!/^.{0,16}$/su.test(text)) throw badRequest(`${name.toUpperCase()}_INVALID`)
  return text
}
