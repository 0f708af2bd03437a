import type { Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Bot } from "../bot.ts"
import { BusinessChat } from "../chats/business.ts"
import type { Chat } from "../chats/chat.ts"
import { forbiddenContent } from "../chats/permissions.ts"
import type { Author, Post } from "../chats/post.ts"
import { hasRight } from "../chats/rights.ts"
import { GENERAL, inTopic } from "../chats/topics.ts"
import { anonymousAdministrator, publicUser } from "../chats/user.ts"
import { type Markup, markupIn, markupOf } from "./markup.ts"
import { replyFields, replyOf } from "./reply.ts"
import { checkReach, targetChat } from "./target.ts"

/** What a message is, such as its `text` and `entities`, or a function that makes it once the chat is known. */
export type Content = Partial<Message> | ((chat: Chat) => Partial<Message>)

/**
 * Sends a message for a bot: all that the methods named `send…` have in common, with the checks in Telegram's order.
 *
 * @returns the message as the bot gets to see it
 */
export function send(call: Call, content: Content): Message {
  return sendPost(call, content).message
}

/** Like {@link send}, for those who have more to do with what was posted. */
export function sendPost(call: Call, content: Content): Post {
  const markup = markupOf(call)
  const made = (chat: Chat) => [typeof content === "function" ? content(chat) : content]
  const [post] = sendPosts(call, made, markup)
  if (!post) throw new Error("Nothing was sent")
  return post
}

/** Sends several messages together. */
export function sendPosts(call: Call, contents: (chat: Chat) => Partial<Message>[], markup: Markup = {}): Post[] {
  const { bot, world } = call
  const reply = replyOf(call)
  const chat = targetChat(call)
  const topic = topicOf(call, chat)
  const replies = replyFields(call, chat, reply)
  const made = contents(chat)
  for (const content of made) checkMaySend(bot, chat, content)
  checkReach(bot, chat)
  // A reply stays in the topic of the message that it replies to.
  const replied = replies.reply_to_message
  const thread = topic ?? (replied?.is_topic_message ? replied.message_thread_id : undefined)
  const around = { ...inTopic(thread), ...replies }
  const { inline, keyboard } = markupIn(chat, markup)
  const last = { ...(inline && { reply_markup: inline }), ...marks(call, chat) }
  return made.map((content) => world.post(chat, sender(call, chat), { ...around, ...content, ...last }, keyboard))
}

/**
 * Who a bot's message is from: the bot, but in a channel the channel, for a business account its owner, and for an
 * anonymous administrator the group.
 */
export function sender({ bot, world }: Call, chat: Chat): Author {
  if (chat.type === "channel") return { bot, chat }
  const member = chat.members.get(bot.id)
  if (member?.status === "administrator" && member.is_anonymous) return { bot, chat, user: anonymousAdministrator }
  const user = chat instanceof BusinessChat ? chat.connection.owner : world.users.get(bot.id)
  return { bot, ...(user && { user }) }
}

/** Says in a chat that the bot did something, perhaps in a topic. */
export function say(call: Call, chat: Chat, content: Partial<Message>, topic?: number): true {
  call.world.post(chat, sender(call, chat), { ...inTopic(topic), ...content })
  return true
}

/** The topic that a call names by `message_thread_id`, if the chat is a forum. Elsewhere the parameter means nothing. */
function topicOf({ parameters }: Call, chat: Chat): number | undefined {
  const topic = parameters.integer("message_thread_id")
  if (topic === 0 || !chat.traits.is_forum) return undefined
  if (topic === GENERAL || !chat.topics.has(topic)) throw badRequest("message thread not found")
  return topic
}

/** Fails as Telegram does if the bot may not send such a message to this chat. */
function checkMaySend({ id }: Bot, chat: Chat, content: Partial<Message>): void {
  if (chat.type === "channel" && !hasRight(chat, id, "can_post_messages")) {
    throw badRequest("need administrator rights in the channel chat")
  }
  const forbidden = forbiddenContent(chat, id, content)
  if (forbidden !== undefined) throw badRequest(`not enough rights to send ${forbidden} to the chat`)
}

/** What a call says of a message beside its content. */
function marks({ bot, parameters }: Call, chat: Chat): Partial<Message> {
  const effect = parameters.text("message_effect_id")
  return {
    ...(parameters.boolean("protect_content") && { has_protected_content: true as const }),
    ...(effect !== "" && { effect_id: effect }),
    ...(chat instanceof BusinessChat && { sender_business_bot: publicUser(bot.user) }),
  }
}
