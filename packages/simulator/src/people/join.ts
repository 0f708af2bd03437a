import type { ChatInviteLink, ChatJoinRequest, ChatMember, User } from "@grammyjs/types"
import { unixTime } from "../clock/clock.ts"
import type { Chat } from "../chats/chat.ts"
import { administrators, changeMember } from "../chats/membership.ts"
import type { World } from "../chats/world.ts"

/** How somebody joins. */
export interface JoinOptions {
  /** The invite link that they follow. */
  link?: ChatInviteLink
}

export function join(world: World, chat: Chat, user: User, { link }: JoinOptions): void {
  const before = chat.members.get(user.id)
  if (chat.has(user.id)) return
  if (before?.status === "kicked") throw new Error(`${user.first_name} is banned from ${chat.traits.title}.`)
  if (link?.creates_join_request) return requestToJoin(world, chat, user, { link })
  changeMember(world, chat, user, back(before, user), link && { invite_link: link })
  cameIn(world, chat, user, user)
}

export function leave(world: World, chat: Chat, user: User): void {
  const before = chat.members.get(user.id)
  if (!chat.has(user.id)) return
  const gone: ChatMember = before?.status === "restricted" ? { ...before, is_member: false } : { status: "left", user }
  changeMember(world, chat, user, gone)
  wentOut(world, chat, user, user)
}

/** Somebody restricted who comes back still is. */
function back(before: ChatMember | undefined, user: User): ChatMember {
  return before?.status === "restricted" ? { ...before, is_member: true } : { status: "member", user }
}

/** Asks to be let in; bots that administer the chat and may invite are told, and may write to who asks. */
export function requestToJoin(
  world: World,
  chat: Chat,
  user: User,
  { link, bio }: JoinOptions & { bio?: string },
): void {
  if (chat.type !== "supergroup" && chat.type !== "channel") throw new Error("Only supergroups and channels are asked.")
  const request = {
    chat: chat.object,
    from: user,
    user_chat_id: user.id,
    date: unixTime(world.clock),
    ...(bio !== undefined && { bio }),
    ...(link && { invite_link: link }),
  } as ChatJoinRequest
  chat.joinRequests.set(user.id, request)
  for (const bot of administrators(world, chat)) {
    const member = chat.members.get(bot.id)
    if (member?.status !== "administrator" || !member.can_invite_users) continue
    world.privateChat(user, bot)
    bot.emit("chat_join_request", request)
  }
}

/** Says in a group that somebody came in. */
export function cameIn(world: World, chat: Chat, actor: User, user: User): void {
  const shown = chat.members.get(user.id)?.user ?? user
  if (chat.type !== "channel") world.post(chat, { user: actor }, { new_chat_members: [shown] })
}

/** Says in a group that somebody went out. A bot is told of this even if that was itself. */
export function wentOut(world: World, chat: Chat, actor: User, user: User): void {
  const shown = chat.members.get(user.id)?.user ?? user
  if (chat.type !== "channel") world.post(chat, { user: actor }, { left_chat_member: shown })
}
