import type { ChatInviteLink, ChatJoinRequest } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { newInviteLink } from "../chats/invite-link.ts"
import { cameIn } from "../chats/join.ts"
import { changeMember } from "../chats/membership.ts"
import { publicUser } from "../chats/user.ts"
import { needRight, notPrivate, userId } from "./chat-rights.ts"
import { targetChat } from "./target.ts"

/** The methods that invite to a chat, and let in who asks. */
export const inviteMembers: Record<string, Method> = {
  exportChatInviteLink(call) {
    const chat = invitingChat(call)
    for (const link of linksOf(call, chat)) if (link.is_primary) revoke(chat, link)
    return newInviteLink(call.world, chat, call.bot.user, { is_primary: true }).invite_link
  },

  createChatInviteLink(call) {
    const chat = invitingChat(call)
    return newInviteLink(call.world, chat, call.bot.user, termsOf(call))
  },

  createChatSubscriptionInviteLink(call) {
    const chat = invitingChat(call)
    const subscription_period = call.parameters.integer("subscription_period")
    const subscription_price = call.parameters.integer("subscription_price")
    if (subscription_period === 0 || subscription_price === 0)
      throw badRequest("invalid subscription pricing specified")
    const name = call.parameters.text("name")
    const terms = { ...(name && { name }), subscription_period, subscription_price }
    return newInviteLink(call.world, chat, call.bot.user, terms)
  },

  editChatInviteLink(call) {
    const chat = invitingChat(call)
    const { invite_link, creator, is_primary, is_revoked } = linkOf(call, chat)
    const fixed = { invite_link, creator, is_primary, is_revoked }
    return kept(chat, { ...fixed, creates_join_request: false, ...termsOf(call) })
  },

  editChatSubscriptionInviteLink(call) {
    const chat = invitingChat(call)
    const { name: _, ...link } = linkOf(call, chat)
    const name = call.parameters.text("name")
    return kept(chat, { ...link, ...(name && { name }) })
  },

  revokeChatInviteLink(call) {
    const chat = invitingChat(call)
    const link = linkOf(call, chat)
    if (link.is_primary) newInviteLink(call.world, chat, call.bot.user, { is_primary: true })
    return revoke(chat, link)
  },

  approveChatJoinRequest(call) {
    const { chat, request } = joinRequest(call)
    const user = publicUser(request.from)
    const { invite_link } = request
    const entrance = { via_join_request: true, ...(invite_link && { invite_link }) }
    changeMember(call.world, chat, publicUser(call.bot.user), { status: "member", user }, entrance)
    cameIn(call.world, chat, user, user)
    return true
  },

  declineChatJoinRequest(call) {
    joinRequest(call)
    return true
  },
}

function invitingChat(call: Call): Chat {
  const chat = targetChat(call)
  notPrivate(chat, "can't invite members to a private chat")
  needRight(call, chat, "can_invite_users", "not enough rights to manage chat invite link")
  return chat
}

/** What a link is for: who may follow it, until when, and how many of them. */
function termsOf({ parameters }: Call): Partial<ChatInviteLink> {
  const name = parameters.text("name")
  const expire_date = Math.max(0, parameters.integer("expire_date"))
  const member_limit = Math.min(100_000, Math.max(0, parameters.integer("member_limit")))
  const creates_join_request = parameters.boolean("creates_join_request")
  if (creates_join_request && member_limit > 0) {
    throw badRequest("member limit can't be specified for links requiring administrator approval")
  }
  return {
    creates_join_request,
    ...(name && { name }),
    ...(expire_date > 0 && { expire_date }),
    ...(member_limit > 0 && { member_limit }),
  }
}

function linksOf({ bot }: Call, chat: Chat): ChatInviteLink[] {
  return [...chat.inviteLinks.values()].filter(({ creator, is_revoked }) => creator.id === bot.id && !is_revoked)
}

/** The link that a call names, made by the bot itself. */
function linkOf(call: Call, chat: Chat): ChatInviteLink {
  const address = call.parameters.text("invite_link")
  if (address === "") throw badRequest("invite link must be non-empty")
  const link = linksOf(call, chat).find(({ invite_link }) => invite_link === address)
  if (!link) throw badRequest("INVITE_HASH_EXPIRED")
  return link
}

function revoke(chat: Chat, link: ChatInviteLink): ChatInviteLink {
  return kept(chat, { ...link, is_revoked: true })
}

function kept(chat: Chat, link: ChatInviteLink): ChatInviteLink {
  chat.inviteLinks.set(link.invite_link, link)
  return link
}

/** Takes the request to join that a call is about. */
function joinRequest(call: Call): { chat: Chat; request: ChatJoinRequest } {
  const id = userId(call)
  const chat = targetChat(call)
  notPrivate(chat, "the chat can't have join requests")
  needRight(call, chat, "can_invite_users", "not enough rights to manage chat join requests")
  const request = chat.joinRequests.get(id)
  if (chat.has(id)) throw badRequest("USER_ALREADY_PARTICIPANT")
  if (!request) throw badRequest("HIDE_REQUESTER_MISSING")
  chat.joinRequests.delete(id)
  return { chat, request }
}
