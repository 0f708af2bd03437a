import type { ChatFullInfo, ChatMember } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { type Chat, isMember } from "../chats/chat.ts"
import { hasRight } from "../chats/rights.ts"
import { publicUser } from "../chats/user.ts"
import { userId } from "./chat-rights.ts"
import { targetChat } from "./target.ts"

/** The methods that tell of chats and their members. */
export const getChats: Record<string, Method> = {
  getChat: (call) => fullInfo(call, targetChat(call, "chat_id", "read")),

  getChatMember(call) {
    const id = userId(call)
    const chat = targetChat(call, "chat_id", "read")
    return memberOf(call, chat, id)
  },

  getChatMemberCount: (call) => membersOf(targetChat(call, "chat_id", "read")).length,

  getChatAdministrators(call) {
    const chat = targetChat(call, "chat_id", "read")
    if (chat.type === "private") throw badRequest("there are no administrators in the private chat")
    const all = membersOf(chat).filter(({ user }) => chat.isAdministrator(user.id))
    const wanted = call.parameters.boolean("return_bots")
    return all.filter(({ user }) => wanted || !user.is_bot || user.id === call.bot.id)
  },

  getUserChatBoosts(call) {
    const id = userId(call)
    const chat = targetChat(call, "chat_id", "read")
    if (!chat.isAdministrator(call.bot.id)) throw badRequest("CHAT_ADMIN_REQUIRED")
    return { boosts: [...chat.boosts.values()].filter(({ source }) => source.user?.id === id) }
  },

  getBusinessConnection({ world, bot, parameters }) {
    const connection = world.businessConnections.get(parameters.text("business_connection_id"))
    if (connection?.bot !== bot) throw badRequest("business connection not found")
    return connection.object
  },
}

/** What somebody is in a chat. Who was never there has left. */
export function memberOf({ world }: Call, chat: Chat, id: number): ChatMember {
  const member = chat.members.get(id)
  if (member) return member
  const user = world.users.get(id)
  if (!user) throw badRequest("PARTICIPANT_ID_INVALID")
  return { status: "left", user: publicUser(user) }
}

function membersOf(chat: Chat): ChatMember[] {
  return [...chat.members.values()].filter(isMember)
}

function fullInfo(call: Call, chat: Chat): ChatFullInfo {
  const { info } = chat
  const { username } = chat.traits
  const pinned = [...info.pinned].map((id) => chat.posts.get(id)).findLast((post) => post && !post.deleted)
  const link = [...chat.inviteLinks.values()].find(
    (one) => one.is_primary && !one.is_revoked && one.creator.id === call.bot.id,
  )
  const isGroup = chat.type === "group" || chat.type === "supergroup"
  const takesGifts = chat.type === "private"
  return {
    ...chat.object,
    ...(username && { active_usernames: [username] }),
    ...(info.description && { description: info.description }),
    ...(link && hasRight(chat, call.bot.id, "can_invite_users") && { invite_link: link.invite_link }),
    ...(isGroup && { permissions: info.permissions }),
    ...(chat.type === "supergroup" && info.sticker_set_name && { sticker_set_name: info.sticker_set_name }),
    ...(info.photo && { photo: info.photo }),
    ...(pinned && { pinned_message: pinned.message }),
    accepted_gift_types: {
      unlimited_gifts: takesGifts,
      limited_gifts: takesGifts,
      unique_gifts: takesGifts,
      premium_subscription: takesGifts,
      gifts_from_channels: takesGifts,
    },
    max_reaction_count: 11,
    accent_color_id: Math.abs(chat.id) % 7,
  } as ChatFullInfo
}
