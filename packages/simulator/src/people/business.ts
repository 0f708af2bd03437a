import type { BusinessBotRights, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import { BusinessConnection } from "../chats/business.ts"
import { Chat } from "../chats/chat.ts"
import { privateTraits } from "../chats/user.ts"
import type { World } from "../chats/world.ts"
import { unixTime } from "../clock/clock.ts"

/** What a connected bot may do unless told otherwise. */
const usualRights: BusinessBotRights & { can_delete_sent_messages: true } = {
  can_reply: true,
  can_read_messages: true,
  // Our types have another name for it; Telegram's server sends this one.
  can_delete_sent_messages: true,
  can_delete_all_messages: true,
}

/** Connects a bot to a person's business account. */
export function connectBusiness(
  world: World,
  owner: User,
  bot: Bot,
  rights: BusinessBotRights = usualRights,
): BusinessConnection {
  world.privateChat(owner, bot)
  const connection = new BusinessConnection(world.random.text(27), bot, owner, unixTime(world.clock), rights)
  world.businessConnections.set(connection.id, connection)
  bot.emit("business_connection", connection.object)
  return connection
}

/** Changes a connection, and tells its bot. */
export function setBusiness(
  connection: BusinessConnection,
  { rights = connection.rights, enabled = connection.enabled }: { rights?: BusinessBotRights; enabled?: boolean },
): void {
  connection.rights = rights
  connection.enabled = enabled
  connection.bot.emit("business_connection", connection.object)
}

/** The private chat of two people. If one of them has a business connection, its bot is told of what they write. */
export function dialog(world: World, one: User, other: User): Chat {
  for (const connection of world.businessConnections.values()) {
    if (connection.owner.id === other.id) return connection.chat(one)
    if (connection.owner.id === one.id) return connection.chat(other)
  }
  const key = [one.id, other.id].toSorted((a, b) => a - b).join(" ")
  const chat = world.dialogs.get(key) ?? new Chat(other.id, "private", privateTraits(other))
  world.dialogs.set(key, chat)
  for (const user of [one, other]) chat.setMember(user)
  return chat
}
