import type { ChatInviteLink, ChatMember, ChatMemberUpdated, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { unixTime } from "../clock/clock.ts"
import type { Chat } from "./chat.ts"
import { publicUser } from "./user.ts"
import type { World } from "./world.ts"

/** How somebody came in. */
export interface Entrance {
  invite_link?: ChatInviteLink
  via_join_request?: boolean
  via_chat_folder_invite_link?: boolean
}

/**
 * Makes somebody join, leave, administer or whatever their new status says. A bot is told of its own change by
 * `my_chat_member`, bots that administer the chat of others' by `chat_member` (facts, 9). Service messages are for the
 * caller to post.
 *
 * @param actor who did it: in `from`
 */
export function changeMember(world: World, chat: Chat, actor: User, member: ChatMember, entrance: Entrance = {}): void {
  const { user } = member
  const before: ChatMember = chat.members.get(user.id) ?? { status: "left", user: publicUser(user) }
  const after = { ...member, user: publicUser(user) }
  const update: ChatMemberUpdated = {
    chat: chat.object,
    from: actor,
    date: unixTime(world.clock),
    old_chat_member: before,
    new_chat_member: after,
    ...entrance,
  }
  chat.setMember(user, after)
  world.bots.get(user.id)?.emit("my_chat_member", update)
  for (const bot of administrators(world, chat)) if (bot.id !== user.id) bot.emit("chat_member", update)
  world.clock.changed()
}

/** The bots that administer a chat. */
export function administrators(world: World, chat: Chat): Bot[] {
  return [...world.bots.values()].filter((bot) => chat.isAdministrator(bot.id))
}
