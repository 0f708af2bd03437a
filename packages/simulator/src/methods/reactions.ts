import type { ReactionType } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import { type Actor, setReaction } from "../chats/reactions.ts"
import { hasRight } from "../chats/rights.ts"
import { publicUser } from "../chats/user.ts"
import { Fields } from "../text/fields.ts"
import { Malformed } from "../text/refusal.ts"
import { list } from "./json.ts"
import { reactionEmoji } from "./reaction-emoji.ts"
import { findChat, targetChat, targetPost } from "./target.ts"

export const reactions: Record<string, Method> = {
  setMessageReaction: (call) => {
    const chosen = reactionsOf(call)
    const post = targetPost(call, "message to react", "read")
    if (chosen.length > 1) throw badRequest("REACTIONS_TOO_MANY")
    const known = chosen.every((one) => one.type !== "emoji" || reactionEmoji.has(one.emoji))
    if (!known) throw badRequest("REACTION_INVALID")
    setReaction(call.world, post, { user: publicUser(call.bot.user) }, chosen)
    return true
  },

  deleteMessageReaction: (call) => {
    const post = targetPost(call, "message to delete reactions", "write")
    return clear(call, post.chat, [post])
  },

  deleteAllMessageReactions: (call) => {
    const chat = targetChat(call)
    return clear(call, chat, [...chat.posts.values()])
  },
}

function reactionsOf(call: Call): ReactionType[] {
  if (call.parameters.text("reaction") === "") return []
  const words = ["reaction types JSON object", "ReactionType", "Can't parse ReactionType: "] as const
  return list(call, "reaction", words, reactionOf)
}

function reactionOf(value: unknown): ReactionType {
  const fields = Fields.of(value, "expected an Object")
  const type = fields.requiredString("type")
  const name = { emoji: "emoji", custom_emoji: "custom_emoji_id" }[type]
  if (name === undefined) throw new Malformed("invalid reaction type specified")
  const chosen = fields.requiredString(name)
  // Keyboards add a variation selector to the heart, Telegram has it without.
  return { type, [name]: chosen.replace(/\uFE0F$/, "") } as ReactionType
}

/** Takes back what somebody reacted with. */
function clear(call: Call, chat: Chat, posts: Post[]): true {
  const { bot, world } = call
  if (!hasRight(chat, bot.id, "can_delete_messages")) throw badRequest("CHAT_ADMIN_REQUIRED")
  const actor = actorOf(call)
  const id = "user" in actor ? actor.user.id : actor.chat.id
  for (const post of posts) if (post.reactions.has(id)) setReaction(world, post, actor, [])
  return true
}

function actorOf({ bot, parameters, world }: Call): Actor {
  if (parameters.text("user_id") === "") return { chat: findChat(bot, parameters.text("actor_chat_id"), "read") }
  const user = world.users.get(parameters.integer("user_id"))
  if (!user) throw badRequest("user not found")
  return { user: publicUser(user) }
}
