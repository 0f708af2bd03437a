import type { Message, User } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import type { Actor } from "../chats/reactions.ts"
import { inTopic } from "../chats/topics.ts"
import { anonymousAdministrator, anonymousChannel } from "../chats/user.ts"
import type { World } from "../chats/world.ts"
import { summonGuests } from "./guests.ts"
import { checkMayWrite } from "./permission.ts"

/** Where a person is, and as whom. */
export interface Place {
  readonly world: World
  readonly user: User
  /** The bot of the private chat; in other chats, the one that is asked by inline mode. */
  readonly bot: Bot
  /** The chat, unless it is a private chat that was not opened yet. */
  readonly find: () => Chat | undefined
  /** The chat; opens it, if it is a private chat with a bot. */
  readonly open: () => Chat
  /** The `message_thread_id` of a forum's topic. */
  readonly thread?: number
  /** The channel or group in whose name the person acts. */
  readonly mask?: Chat
}

/** Who reacts or votes. */
export function actor({ user, mask }: Place): Actor {
  return mask ? { chat: mask } : { user }
}

/** The bot that sent a message, or by whose inline mode it was sent. */
export function botOf({ world }: Place, { bot, message }: Post): Bot | undefined {
  return world.bots.get(bot ?? message.via_bot?.id ?? 0)
}

/** Posts a person's message. */
export function publish(place: Place, content: Partial<Message>): Post {
  const { world, user, thread, mask } = place
  const chat = place.open()
  checkMayWrite(place, chat, content)
  const anonymous = mask?.type === "channel" ? anonymousChannel : anonymousAdministrator
  const author = chat.type === "channel" ? { chat } : mask ? { user: anonymous, chat: mask } : { user }
  const post = world.post(chat, author, { ...inTopic(thread), ...content })
  summonGuests(world, post)
  return post
}
