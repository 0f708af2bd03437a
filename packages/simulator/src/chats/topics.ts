import type { ForumTopic } from "@grammyjs/types"
import type { Chat } from "./chat.ts"
import type { Author, World } from "./world.ts"

/** The colour of a topic's icon if none was chosen. */
const BLUE = 0x6f_b9_f0

/** Opens a topic of a forum: its `message_thread_id` is the id of the service message that says so. */
export function openTopic(
  world: World,
  chat: Chat,
  author: Author,
  { name, icon_color = BLUE, icon_custom_emoji_id }: Partial<ForumTopic> & { name: string },
): ForumTopic {
  const icon = { name, icon_color, ...(icon_custom_emoji_id !== undefined && { icon_custom_emoji_id }) }
  // The number 1 is that of the topic that all forums have, and that cannot be named by it.
  chat.skipMessageIds(1)
  const id = chat.nextMessageId()
  const topic: ForumTopic = { message_thread_id: id, ...icon }
  chat.topics.set(id, topic)
  const fields = { message_id: id, message_thread_id: id, is_topic_message: true, forum_topic_created: icon }
  world.post(chat, author, fields)
  return topic
}
