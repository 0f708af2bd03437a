import type { Message, MessageOrigin } from "@grammyjs/types"
import { contentOf } from "./message-fields.ts"
import { isServiceMessage } from "./service-message.ts"

/** Whether a message can be forwarded. */
export function canForward(message: Message): boolean {
  return !isServiceMessage(message) && !message.has_protected_content
}

/** The fields of a message that forwards another one. */
export function forwarded(message: Message): Partial<Message> {
  const { reply_markup, via_bot } = message
  const origin = originOf(message)
  // Buttons are kept if all of them are links.
  const links = reply_markup?.inline_keyboard.flat().every((button) => "url" in button || "login_url" in button)
  return {
    forward_origin: origin,
    ...former(origin),
    ...contentOf(message),
    ...(via_bot && { via_bot }),
    ...(links && reply_markup && { reply_markup }),
  }
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
  if (chat.type === "channel") return { type: "channel", chat, message_id, ...signature, date }
  if (sender_chat) return { type: "chat", sender_chat, ...signature, date }
  if (from) return { type: "user", sender_user: from, date }
  return { type: "hidden_user", sender_user_name: "", date }
}
