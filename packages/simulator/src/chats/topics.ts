import type { ForumTopic, Message } from "@grammyjs/types"
import type { Chat } from "./chat.ts"
import type { Author } from "./post.ts"
import type { World } from "./world.ts"

/** The colour of a topic's icon if none was chosen. */
const BLUE = 0x6f_b9_f0

/** The number of the topic that all forums have, and that cannot be named by it. */
export const GENERAL = 1

/** The fields of a message in a topic. */
export function inTopic(message_thread_id: number | undefined): Partial<Message> {
  return message_thread_id === undefined ? {} : { message_thread_id, is_topic_message: true }
}

/** Opens a topic of a forum: its `message_thread_id` is the id of the service message that says so. */
export function openTopic(
  world: World,
  chat: Chat,
  author: Author,
  { name, icon_color = BLUE, icon_custom_emoji_id }: Partial<ForumTopic> & { name: string },
): ForumTopic {
  const icon = { name, icon_color, ...(icon_custom_emoji_id !== undefined && { icon_custom_emoji_id }) }
  chat.skipMessageIds(GENERAL)
  const id = chat.nextMessageId()
  const topic: ForumTopic = { message_thread_id: id, ...icon }
  chat.topics.set(id, topic)
  world.post(chat, author, { message_id: id, ...inTopic(id), forum_topic_created: icon })
  return topic
}
