import type { ChatInviteLink, ChatJoinRequest, ChatMember, Message, User } from "@grammyjs/types"
import { unixTime } from "../clock/clock.ts"
import type { Chat } from "./chat.ts"
import { administrators, changeMember } from "./membership.ts"
import type { World } from "./world.ts"

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
  for (const bot of administrators(world, chat, "can_invite_users")) {
    world.privateChat(user, bot)
    bot.emit("chat_join_request", request)
  }
}

/** Says in a group that somebody came in. */
export function cameIn(world: World, chat: Chat, actor: User, user: User): void {
  const shown = chat.members.get(user.id)?.user ?? user
  // Two undocumented names, from before several could come at once; all are still sent.
  const former = { new_chat_participant: shown, new_chat_member: shown }
  say(world, chat, actor, { ...former, new_chat_members: [shown] })
}

/** Says in a group that somebody went out. A bot is told of this even if that was itself. */
export function wentOut(world: World, chat: Chat, actor: User, user: User): void {
  const shown = chat.members.get(user.id)?.user ?? user
  const former = { left_chat_participant: shown }
  say(world, chat, actor, { ...former, left_chat_member: shown })
}

function say(world: World, chat: Chat, actor: User, content: Partial<Message>): void {
  if (chat.type !== "channel") world.post(chat, { user: actor }, content)
}
