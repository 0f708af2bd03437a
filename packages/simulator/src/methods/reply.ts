import type { ExternalReplyInfo, Message, TextQuote } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { originOf } from "../chats/forward.ts"
import { mediaParts, withoutReply } from "../chats/message-fields.ts"
import type { Post } from "../chats/post.ts"
import type { World } from "../chats/world.ts"
import type { Fields } from "../text/fields.ts"
import { readOrRefuse } from "../text/refusal.ts"
import { formattedText } from "./formatted.ts"
import { object } from "./json.ts"
import { findChat, findPost } from "./target.ts"

/** What a call says of the message that it replies to. */
export interface Reply {
  message: number
  chat?: string
  optional: boolean
  quote?: TextQuote
}

/** The `reply_parameters` of a call, or what they were before there were any. */
export function replyOf(call: Call): Reply | undefined {
  const { parameters, world } = call
  if (!parameters.has("reply_parameters")) {
    const message = parameters.integer("reply_to_message_id")
    return message > 0 ? { message, optional: parameters.boolean("allow_sending_without_reply") } : undefined
  }
  if (parameters.text("reply_parameters") === "") return undefined
  const given = object(call, "reply_parameters", "reply parameters")
  return given.isEmpty ? undefined : readOrRefuse(() => fromFields(world, given))
}

function fromFields(world: World, given: Fields): Reply | undefined {
  const message = given.integer("message_id")
  if (message <= 0) return undefined
  const [text, mode] = [given.string("quote"), given.string("quote_parse_mode")]
  const quoted = formattedText(world, text, mode, given.value("quote_entities"))
  const position = given.has("quote_position") ? given.integer("quote_position") : 0
  const entities = quoted.entities.length > 0 && { entities: quoted.entities }
  return {
    message,
    ...(given.has("chat_id") && { chat: given.string("chat_id") }),
    optional: given.boolean("allow_sending_without_reply"),
    ...(quoted.text !== "" && { quote: { text: quoted.text, ...entities, position, is_manual: true as const } }),
  }
}

/** The fields of a message by which it replies. */
export function replyFields({ bot }: Call, chat: Chat, reply: Reply | undefined): Partial<Message> {
  if (!reply) return {}
  const other = reply.chat === undefined ? chat : findChat(bot, reply.chat, "read")
  const post = findPost(bot, other, reply.message)
  if (!post && reply.optional) return {}
  if (!post) throw badRequest("message to be replied not found")
  const fields = other === chat ? { reply_to_message: withoutReply(post.message) } : { external_reply: external(post) }
  return { ...fields, ...(reply.quote && { quote: inText(reply.quote, post.message) }) }
}

function external({ chat, message }: Post): ExternalReplyInfo {
  const media = Object.entries(message).filter(([name]) => mediaParts.includes(name))
  const open = chat.type === "supergroup" || chat.type === "channel"
  const place = open && { chat: chat.object, message_id: message.message_id }
  return { origin: originOf(message), ...place, ...Object.fromEntries(media) }
}

/** A quote where it really stands in the message. */
function inText(quote: TextQuote, message: Message): TextQuote {
  const text = message.text ?? message.caption ?? ""
  const near = text.startsWith(quote.text, quote.position) ? quote.position : text.indexOf(quote.text)
  if (near < 0) throw badRequest("QUOTE_TEXT_INVALID")
  return { ...quote, position: near }
}
