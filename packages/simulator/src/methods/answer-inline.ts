import type { InlineQueryResult, Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { newInlineMessageId } from "../chats/ids.ts"
import { resultContent } from "../chats/inline-result.ts"
import { withoutReply } from "../chats/message-fields.ts"
import type { Post } from "../chats/post.ts"
import { readOrRefuse } from "../text/refusal.ts"
import { answer, findQuery } from "./answer.ts"
import { inlineResult } from "./inline-results.ts"
import { json, list } from "./json.ts"
import { sender } from "./send.ts"

/** The most results that an answer has. */
const MOST = 50
/** The longest id of a result, in bytes. */
const LONGEST_ID = 64

export const answerInline: Record<string, Method> = {
  answerInlineQuery: (call) => {
    const { parameters } = call
    const button = parameters.json("button")
    return answer(call, "inline", {
      results: inlineResults(call),
      cache_time: parameters.integer("cache_time", 300),
      is_personal: parameters.boolean("is_personal"),
      next_offset: parameters.text("next_offset"),
      ...(button !== undefined && { button }),
    })
  },

  answerWebAppQuery: (call) => {
    oneResult(call)
    return { inline_message_id: newInlineMessageId(call.world) }
  },

  answerGuestQuery: (call) => {
    const result = oneResult(call)
    const { post } = findQuery(call, "guest")
    const inline_message_id = newInlineMessageId(call.world, post && guestReply(call, post, result))
    answer(call, "guest", { result, inline_message_id })
    return { inline_message_id }
  },
}

const words = [
  "JSON encoded inline query results",
  "inline query results",
  "Can't parse inline query result: ",
] as const

function inlineResults(call: Call): InlineQueryResult[] {
  if (["", "null"].includes(call.parameters.text("results"))) return []
  const results = list(call, "results", words, (result) => inlineResult(call.world, result))
  if (results.length > MOST) throw badRequest("too many inline query results specified")
  const ids = results.map(({ id }) => id)
  if (ids.some((id) => id === "" || Buffer.byteLength(id) > LONGEST_ID)) throw badRequest("RESULT_ID_INVALID")
  if (new Set(ids).size < ids.length) throw badRequest("RESULT_ID_DUPLICATE")
  return results
}

function oneResult(call: Call): InlineQueryResult {
  if (call.parameters.text("result") === "") throw badRequest("result isn't specified")
  const given = json(call, "result", "JSON encoded web view query results")
  return readOrRefuse(() => inlineResult(call.world, given))
}

/** The message of a bot in a chat that it is not in, where somebody named it. */
function guestReply(call: Call, { chat, message }: Post, result: InlineQueryResult): Post {
  const { world, bot } = call
  const content: Partial<Message> = {
    reply_to_message: withoutReply(message),
    ...(message.from && { guest_bot_caller_user: message.from }),
    ...resultContent(world, result),
  }
  return world.post(chat, { ...sender(call, chat), bot }, content)
}
