import type { Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"

/** The topic that cannot be named by its number. */
const GENERAL = 1

/** The fields that put a message in the topic `message_thread_id` of a forum. Elsewhere the parameter means nothing. */
export function topicFields({ parameters }: Call, chat: Chat): Partial<Message> {
  const topic = parameters.integer("message_thread_id")
  if (topic === 0 || !chat.traits.is_forum) return {}
  if (topic === GENERAL || !chat.topics.has(topic)) throw badRequest("message thread not found")
  return { message_thread_id: topic, is_topic_message: true }
}
