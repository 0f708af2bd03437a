import type { ChatInviteLink, ChatMember, ChatMemberUpdated, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { unixTime } from "../clock/clock.ts"
import { type Chat, isMember } from "./chat.ts"
import { hasRight, type Right } from "./rights.ts"
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
  const { user, ...status } = member
  const before: ChatMember = chat.members.get(user.id) ?? { status: "left", user: publicUser(user) }
  const after = { user: publicUser(user), ...status }
  const update: ChatMemberUpdated = {
    chat: chat.object,
    from: actor,
    date: unixTime(world.clock),
    old_chat_member: before,
    new_chat_member: after,
    ...entrance,
  }
  chat.setMember(user, after)
  endInTime(world, chat, after)
  world.bots.get(user.id)?.emit("my_chat_member", update)
  for (const bot of administrators(world, chat)) if (bot.id !== user.id) bot.emit("chat_member", update)
  world.clock.changed()
}

/** Ends a ban or restriction at its `until_date`, of which Telegram tells nobody. */
function endInTime(world: World, chat: Chat, member: ChatMember): void {
  if (!("until_date" in member) || !member.until_date) return
  const { user, until_date } = member
  world.clock.after(until_date * 1000 - world.clock.now(), () => {
    if (chat.members.get(user.id) !== member) return
    chat.setMember(user, { status: isMember(member) ? "member" : "left", user })
    world.clock.changed()
  })
}

/** The bots that administer a chat, with a right if one is named. */
export function administrators(world: World, chat: Chat, right?: Right): Bot[] {
  const bots = [...world.bots.values()]
  return bots.filter(({ id }) => (right ? hasRight(chat, id, right) : chat.isAdministrator(id)))
}
