import type { Post } from "../chats/post.ts"
import type { Actor } from "../chats/reactions.ts"
import type { World } from "../chats/world.ts"

/** Votes for options of the poll that a message shows. */
export function castVote(world: World, { message }: Post, actor: Actor, options: number[]): void {
  const poll = message.poll && world.polls.get(message.poll.id)
  if (!poll) throw new Error(`Message ${message.message_id} has no poll.`)
  poll.vote("user" in actor ? actor : { chat: actor.chat.object }, options)
}
