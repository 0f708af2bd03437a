import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { withoutReply } from "../chats/message-fields.ts"
import { needRight } from "./chat-rights.ts"
import { say } from "./send.ts"
import { targetChat, targetPost } from "./target.ts"

/** The methods that pin messages. */
export const pinMessages: Record<string, Method> = {
  pinChatMessage(call) {
    const post = targetPost(call, "message to pin", "write")
    const { chat, message } = post
    checkPin(call, chat)
    // What is pinned already is pinned on top, without another word.
    const isNew = !chat.info.pinned.delete(post.id)
    chat.info.pinned.add(post.id)
    if (isNew && !("business_connection_id" in message)) {
      const topic = message.is_topic_message ? message.message_thread_id : undefined
      say(call, chat, { pinned_message: withoutReply(message) }, topic)
    }
    return true
  },

  unpinChatMessage(call) {
    if (call.parameters.integer("message_id") === 0) {
      const chat = targetChat(call)
      const last = [...chat.info.pinned].at(-1)
      if (last === undefined) throw badRequest("message to unpin not found")
      checkPin(call, chat)
      chat.info.pinned.delete(last)
      return true
    }
    const post = targetPost(call, "message to unpin", "write")
    checkPin(call, post.chat)
    post.chat.info.pinned.delete(post.id)
    return true
  },

  unpinAllChatMessages(call) {
    const chat = targetChat(call)
    checkPin(call, chat)
    chat.info.pinned.clear()
    return true
  },

  unpinAllForumTopicMessages(call) {
    const chat = targetChat(call)
    unpinTopic(call, chat, call.parameters.integer("message_thread_id"))
    return true
  },

  unpinAllGeneralForumTopicMessages(call) {
    unpinTopic(call, targetChat(call), undefined)
    return true
  },
}

/** Unpins what is pinned in a topic, or in that without a number. */
function unpinTopic(call: Call, chat: Chat, topic: number | undefined): void {
  checkPin(call, chat)
  for (const id of chat.info.pinned) {
    const thread = chat.posts.get(id)?.message.message_thread_id
    if (thread === topic) chat.info.pinned.delete(id)
  }
}

function checkPin(call: Call, chat: Chat): void {
  if (chat.type === "private") return
  const right = chat.type === "channel" ? "can_edit_messages" : "can_pin_messages"
  needRight(call, chat, right, "not enough rights to manage pinned messages in the chat")
}
