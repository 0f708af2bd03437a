import type { ExternalReplyInfo, Message, TextQuote } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import type { World } from "../chats/world.ts"
import { originOf } from "../people/forward.ts"
import { formattedText } from "./formatted.ts"
import { mediaFields } from "./content.ts"
import { type Fields, fieldsOf, textOf } from "./json.ts"
import { findChat, findPost } from "./target.ts"

/** What a call says of the message that it replies to. */
export interface Reply {
  message: number
  chat?: string
  optional: boolean
  quote?: TextQuote
}

/** The `reply_parameters` of a call, or what they were before there were any. */
export function replyOf({ parameters, world }: Call): Reply | undefined {
  const text = parameters.text("reply_parameters")
  if (!parameters.has("reply_parameters")) {
    const message = parameters.integer("reply_to_message_id")
    return message > 0 ? { message, optional: parameters.boolean("allow_sending_without_reply") } : undefined
  }
  if (text === "") return undefined
  const value = parameters.json("reply_parameters")
  if (value === undefined) throw badRequest("can't parse reply parameters JSON object")
  const given = fieldsOf(value)
  if (!given) throw badRequest("object expected as reply parameters")
  return fromFields(world, given)
}

function fromFields(world: World, given: Fields): Reply | undefined {
  if (Object.keys(given).length === 0) return undefined
  if (given.message_id === undefined) throw badRequest('can\'t find field "message_id"')
  const message = Number.parseInt(textOf(given.message_id), 10)
  if (!(message > 0)) return undefined
  const { text, entities } = formattedText(
    world,
    textOf(given.quote),
    textOf(given.quote_parse_mode),
    given.quote_entities,
  )
  const position = typeof given.quote_position === "number" ? given.quote_position : 0
  const quote: TextQuote = { text, ...(entities.length > 0 && { entities }), position, is_manual: true }
  return {
    message,
    ...(given.chat_id !== undefined && { chat: textOf(given.chat_id) }),
    optional: given.allow_sending_without_reply === true,
    ...(text !== "" && { quote }),
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
  return { ...fields, ...(reply.quote && { quote: inText(reply.quote, post.message) }) } as Partial<Message>
}

/** A message as its replies show it: not again with what it replied to. */
export function withoutReply(message: Message): Message {
  const { reply_to_message: _, ...rest } = message
  return rest
}

function external({ chat, message }: Post): ExternalReplyInfo {
  const media = mediaFields.flatMap((name) => (name in message ? [[name, message[name as keyof Message]]] : []))
  const open = chat.type === "supergroup" || chat.type === "channel"
  const place = open && { chat: chat.object, message_id: message.message_id }
  return { origin: originOf(message), ...place, ...Object.fromEntries(media) } as ExternalReplyInfo
}

/** A quote where it really stands in the message. */
function inText(quote: TextQuote, message: Message): TextQuote {
  const text = message.text ?? message.caption ?? ""
  const near = text.startsWith(quote.text, quote.position) ? quote.position : text.indexOf(quote.text)
  if (near < 0) throw badRequest("QUOTE_TEXT_INVALID")
  return { ...quote, position: near }
}
