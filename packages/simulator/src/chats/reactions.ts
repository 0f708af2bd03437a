import type { MessageReactionCountUpdated, MessageReactionUpdated, ReactionType, User } from "@grammyjs/types"
import { unixTime } from "../clock/clock.ts"
import type { Bot } from "../bot.ts"
import type { Chat } from "./chat.ts"
import { administrators } from "./membership.ts"
import type { Post } from "./post.ts"
import type { World } from "./world.ts"

/** Who reacts or votes: a person or bot, or a chat in whose name an administrator does. */
export type Actor = { user: User } | { chat: Chat }

/**
 * Sets the reactions of somebody to a message, instead of those they had. Bots that administer the chat, and the bot of a
 * private chat, are told: who reacted how in groups, and only how many in channels (facts, 9). Of what bots do nobody is told.
 */
export function setReaction(world: World, post: Post, actor: Actor, reactions: ReactionType[]): void {
  const id = "user" in actor ? actor.user.id : actor.chat.id
  const before = post.reactions.get(id) ?? []
  if (reactions.length > 0) post.reactions.set(id, reactions)
  else post.reactions.delete(id)
  world.journal.tell({ type: "message", chat: post.chat, post, change: "edited" })
  world.clock.changed()
  if (world.bots.has(id)) return
  const place = { chat: post.chat.object, message_id: post.id }
  const date = unixTime(world.clock)
  const who = "user" in actor ? { user: actor.user } : { actor_chat: actor.chat.object }
  const change: MessageReactionUpdated = { ...place, ...who, date, old_reaction: before, new_reaction: reactions }
  const count: MessageReactionCountUpdated = { ...place, date, reactions: countReactions(post) }
  for (const bot of watchers(world, post.chat)) {
    if (post.chat.type === "channel") bot.emit("message_reaction_count", count)
    else bot.emit("message_reaction", change)
  }
}

/** Who is told of reactions. Those in the chats of a business account are told to nobody. */
function watchers(world: World, chat: Chat): Bot[] {
  const isPrivate = chat.bot?.privateChats.get(chat.id) === chat
  return chat.bot && isPrivate ? [chat.bot] : administrators(world, chat)
}

/** How often each reaction was given, the paid one first, then the most frequent. */
function countReactions(post: Post): { type: ReactionType; total_count: number }[] {
  const counts = new Map<string, { type: ReactionType; total_count: number }>()
  for (const type of [...post.reactions.values()].flat()) {
    const key = JSON.stringify(type)
    const counted = counts.get(key) ?? { type, total_count: 0 }
    counts.set(key, { type, total_count: counted.total_count + 1 })
  }
  return [...counts.values()].toSorted((a, b) => Number(isPaid(b)) - Number(isPaid(a)) || b.total_count - a.total_count)
}

function isPaid({ type }: { type: ReactionType }): boolean {
  return type.type === "paid"
}
