import type { ChatAdministratorRights, ChatMember } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { type Chat, isMember } from "../chats/chat.ts"
import { administrator, hasRight, placeOf, type Right, rights } from "../chats/rights.ts"
import { characters } from "../text/characters.ts"
import { readOrRefuse } from "../text/refusal.ts"
import { memberOf } from "./chat-get.ts"
import { changeStatus, needRight, onlyBig, userId } from "./chat-rights.ts"
import { object } from "./json.ts"
import { targetChat } from "./target.ts"

/** The methods that make administrators, and say what they are called. */
export const promoteMembers: Record<string, Method> = {
  promoteChatMember(call) {
    const id = userId(call)
    const chat = targetChat(call)
    onlyBig(chat)
    const before = memberOf(call, chat, id)
    const given = rightsOf(call, chat)
    checkPromote(call, chat, before, given)
    const { user } = before
    const isPromotion = Object.values(given).includes(true)
    const promoted = { ...administrator(chat, user, given), can_be_edited: true, can_manage_chat: true }
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

  getMyDefaultAdministratorRights(call) {
    const place = placeNamed(call)
    return call.bot.profile.administratorRights[place] ?? rights(place, () => false)
  },

  setMyDefaultAdministratorRights(call) {
    const { administratorRights } = call.bot.profile
    const place = placeNamed(call)
    if (!call.parameters.has("rights")) {
      delete administratorRights[place]
      return true
    }
    const fields = object(call, "rights", "ChatAdministratorRights")
    const read = () => rights(place, (name) => fields.boolean(name))
    administratorRights[place] = readOrRefuse(read, "Can't parse ChatAdministratorRights: ")
    return true
  },
}

function checkPromote({ bot }: Call, chat: Chat, before: ChatMember, given: ChatAdministratorRights): void {
  if (before.status === "creator") throw badRequest("can't remove chat owner")
  if (before.user.id === bot.id) throw badRequest("can't promote self")
  if (!hasRight(chat, bot.id, "can_promote_members")) throw badRequest("not enough rights")
  if (!isMember(before)) throw badRequest("USER_NOT_PARTICIPANT")
  if (before.status === "administrator" && !before.can_be_edited) throw badRequest("CHAT_ADMIN_REQUIRED")
  const names = Object.keys(given) as Right[]
  const missing = names.some((name) => given[name] && name !== "is_anonymous" && !hasRight(chat, bot.id, name))
  if (missing) throw badRequest("RIGHT_FORBIDDEN")
}

/** The rights that a call gives, of those that there are in such a chat. */
function rightsOf({ parameters }: Call, chat: Chat): ChatAdministratorRights {
  const given = rights(placeOf(chat), (name) => parameters.boolean(name))
  // In channels, who may do anything may see the members and remove them, unless the call says otherwise.
  const restricts = chat.type === "channel" && !parameters.has("can_restrict_members")
  if (restricts && Object.values(given).includes(true)) given.can_restrict_members = true
  return given
}

function placeNamed({ parameters }: Call): "groups" | "channels" {
  return parameters.boolean("for_channels") ? "channels" : "groups"
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
  if (characters(text) > 16) throw badRequest(`${name.toUpperCase()}_INVALID`)
  return text
}
