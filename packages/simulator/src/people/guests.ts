import type { Chat as ChatObject, User } from "@grammyjs/types"
import { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import { mentions } from "../chats/privacy.ts"
import { privateTraits } from "../chats/user.ts"
import type { World } from "../chats/world.ts"

/** Asks the bots that a message names and that are not in its chat, if they answer as guests. */
export function summonGuests(world: World, post: Post): void {
  const { chat, message } = post
  for (const bot of world.bots.values()) {
    if (!bot.user.supports_guest_queries || chat.has(bot.id) || !message.from || !mentions(message, bot)) continue
    const query = world.newQuery({ kind: "guest", bot: bot.id, from: message.from, post })
    bot.emit("guest_message", { ...message, chat: seenBy(message.from, chat), guest_query_id: query.id })
  }
}

/** A chat as somebody in it sees it: a private chat is called by the other person. */
function seenBy({ id }: User, chat: Chat): ChatObject {
  const other = [...chat.members.values()].find(({ user }) => user.id !== id)?.user
  const seen = chat.type === "private" && other ? new Chat(other.id, "private", privateTraits(other)) : chat
  return seen.object
}
