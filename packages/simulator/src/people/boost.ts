import type { ChatBoost, User } from "@grammyjs/types"
import { unixTime } from "../clock/clock.ts"
import type { Chat } from "../chats/chat.ts"
import { administrators } from "../chats/membership.ts"
import type { World } from "../chats/world.ts"

/** Seconds that a boost lasts, unless it is renewed. */
const MONTH = 30 * 86_400

/** Boosts a chat with somebody's Premium subscription. Bots that administer it are told by `chat_boost`. */
export function addBoost(world: World, chat: Chat, user: User): ChatBoost {
  const add_date = unixTime(world.clock)
  const boost: ChatBoost = {
    boost_id: Array.from({ length: 32 }, () => world.random.integer(0, 15).toString(16)).join(""),
    add_date,
    expiration_date: add_date + MONTH,
    source: { source: "premium", user },
  }
  chat.boosts.set(boost.boost_id, boost)
  for (const bot of administrators(world, chat)) bot.emit("chat_boost", { chat: chat.object, boost })
  if (chat.type === "supergroup") world.post(chat, { user }, { boost_added: { boost_count: 1 } })
  return boost
}

/** Takes boosts of somebody back: `removed_chat_boost`. */
export function removeBoost(world: World, chat: Chat, user: User, only?: ChatBoost): void {
  for (const { boost_id, source } of chat.boosts.values()) {
    if (source.user?.id !== user.id || (only && only.boost_id !== boost_id)) continue
    chat.boosts.delete(boost_id)
    const removed = { chat: chat.object, boost_id, remove_date: unixTime(world.clock), source }
    for (const bot of administrators(world, chat)) bot.emit("removed_chat_boost", removed)
  }
}
