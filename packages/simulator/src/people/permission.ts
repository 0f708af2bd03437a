import type { Message } from "@grammyjs/types"
import type { Chat } from "../chats/chat.ts"
import { forbiddenContent } from "../chats/permissions.ts"
import type { Post } from "../chats/post.ts"
import type { Place } from "./place.ts"

/** Fails if Telegram would not let this person write here. */
export function checkMayWrite({ user, bot, mask, thread }: Place, chat: Chat, content: Partial<Message>): void {
  const [name, title] = [user.first_name, chat.traits.title]
  const closed = thread !== undefined && chat.topics.get(thread)?.closed === true
  const forbidden = forbiddenContent(chat, user.id, content)
  const isMine = bot.privateChats.get(user.id) === chat
  if (chat.migratedTo) throw new Error(`The group is now the supergroup ${chat.migratedTo.id}.`)
  if (!chat.has(user.id)) throw new Error(`${name} is not in ${title}: join it first.`)
  if (isMine && !chat.has(bot.id)) throw new Error(`${name} has blocked @${bot.user.username}: unblock it first.`)
  if (mask && chat.info.bannedSenders.has(mask.id)) throw new Error(`${mask.traits.title} is banned from ${title}.`)
  if (chat.isAdministrator(user.id)) return
  if (chat.type === "channel") throw new Error(`${name} does not administer ${title}.`)
  if (forbidden !== undefined) throw new Error(`${name} is restricted, and may not send ${forbidden} to ${title}.`)
  if (closed) throw new Error(`The topic is closed.`)
}

/** Fails if the message is somebody else's. */
export function checkMayEdit({ user, mask }: Place, { chat, message }: Post): void {
  const byChat = chat.type === "channel" ? chat.isAdministrator(user.id) : message.sender_chat?.id === mask?.id
  if (message.sender_chat ? !byChat : message.from?.id !== user.id) {
    throw new Error(`${user.first_name} cannot edit message ${message.message_id}, which is somebody else's.`)
  }
}

/** Fails if the message is somebody else's, in a group or channel where this person is no administrator. */
export function checkMayDelete(place: Place, post: Post): void {
  if (post.chat.type === "private" || post.chat.isAdministrator(place.user.id)) return
  if (post.message.from?.id === place.user.id) return
  throw new Error(`${place.user.first_name} cannot delete message ${post.id}, which is somebody else's.`)
}
