import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Bot } from "../bot.ts"
import type { Post } from "../chats/post.ts"
import { hasRight } from "../chats/rights.ts"
import { isServiceMessage } from "../chats/service-message.ts"
import { unixTime } from "../clock/clock.ts"
import { messageIds } from "./message-ids.ts"
import { findPost, targetChat, targetPost } from "./target.ts"

/** Seconds after which a bot cannot delete a message any more. */
const TOO_OLD = 2 * 86_400
/** Seconds in which a dice in a private chat stays. */
const DICE_STAYS = 86_400

export const deletions: Record<string, Method> = {
  deleteMessage: (call) => {
    if (call.parameters.text("chat_id") === "") throw badRequest("chat identifier is not specified")
    if (call.parameters.integer("message_id") <= 0) throw badRequest("message identifier is not specified")
    return remove(call, [targetPost(call, "message to delete", "write")])
  },

  deleteMessages: (call) => {
    const ids = messageIds(call)
    const chat = targetChat(call)
    return remove(
      call,
      found(ids, (id) => findPost(call.bot, chat, id)),
    )
  },

  deleteBusinessMessages: (call) => {
    const ids = messageIds(call)
    const connection = call.world.businessConnections.get(call.parameters.text("business_connection_id"))
    if (connection?.bot !== call.bot) throw badRequest("business connection not found")
    const chats = [...connection.chats.values()]
    for (const chat of chats) call.world.delete(...found(ids, (id) => chat.posts.get(id)))
    return true
  },
}

function found(ids: number[], find: (id: number) => Post | undefined): Post[] {
  return ids.map(find).filter((post) => post !== undefined && !post.deleted) as Post[]
}

/** Deletes messages, or none if one of them cannot be deleted. */
function remove({ bot, world }: Call, posts: Post[]): true {
  const now = unixTime(world.clock)
  for (const post of posts) checkDeletion(bot, post, now)
  world.delete(...posts)
  return true
}

function checkDeletion(bot: Bot, { chat, message, bot: author }: Post, now: number): void {
  const age = now - message.date
  const own = author === bot.id
  if (chat.type === "private" || chat.type === "group") {
    const dice = chat.type === "private" && message.dice && age < DICE_STAYS
    const mine = own && !isServiceMessage(message)
    if (dice || age > TOO_OLD || (chat.type === "group" && !mine && !chat.isAdministrator(bot.id))) {
      throw badRequest("message can't be deleted for everyone")
    }
    return
  }
  const created = message.supergroup_chat_created ?? message.channel_chat_created ?? message.forum_topic_created
  const mayPost = chat.type === "supergroup" || hasRight(chat, bot.id, "can_post_messages")
  const mayDelete = hasRight(chat, bot.id, "can_delete_messages") || (own && mayPost)
  if (age >= TOO_OLD || created || !mayDelete) throw badRequest("message can't be deleted")
}
