import type { Message, MessageOrigin } from "@grammyjs/types"

/** What is not carried over when a message is forwarded. */
const left: ReadonlySet<string> = new Set(
  (
    "message_id from sender_chat chat date edit_date message_thread_id is_topic_message reply_to_message reply_markup " +
    "business_connection_id author_signature media_group_id"
  ).split(" "),
)

/** The fields of a message that forwards another one. */
export function forwarded(message: Message): Partial<Message> {
  const kept = Object.fromEntries(Object.entries(message).filter(([field]) => !left.has(field)))
  const origin = originOf(message)
  return { forward_origin: origin, ...kept, ...former(origin) }
}

/** The fields that told the origin before there was `forward_origin`, and that Telegram still sends. */
function former(origin: MessageOrigin): object {
  const date = { forward_date: origin.date }
  if (origin.type === "user") return { forward_from: origin.sender_user, ...date }
  if (origin.type === "hidden_user") return { forward_sender_name: origin.sender_user_name, ...date }
  const signed = origin.author_signature === undefined ? {} : { forward_signature: origin.author_signature }
  if (origin.type === "chat") return { forward_from_chat: origin.sender_chat, ...signed, ...date }
  return { forward_from_chat: origin.chat, forward_from_message_id: origin.message_id, ...signed, ...date }
}

/** Where a message first came from: a forwarded one keeps its origin. */
export function originOf(message: Message): MessageOrigin {
  const { forward_origin, chat, from, sender_chat, author_signature, date, message_id } = message
  if (forward_origin) return forward_origin
  const signature = author_signature !== undefined && { author_signature }
  if (chat.type === "channel") return { type: "channel", date, chat, message_id, ...signature }
  if (sender_chat) return { type: "chat", date, sender_chat, ...signature }
  if (from) return { type: "user", date, sender_user: from }
  return { type: "hidden_user", date, sender_user_name: "" }
}
