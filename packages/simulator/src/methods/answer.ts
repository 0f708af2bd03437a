import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { Query } from "../chats/query.ts"
import { characters } from "../text/characters.ts"

/** Seconds in which a query can be answered. */
const patience: Record<Query["kind"], number> = {
  callback: 150,
  inline: 30,
  shipping: 150,
  pre_checkout: 150,
  guest: 86_400,
}

/** The parameter that names the query. */
const ids: Record<Query["kind"], string> = {
  callback: "callback_query_id",
  inline: "inline_query_id",
  shipping: "shipping_query_id",
  pre_checkout: "pre_checkout_query_id",
  guest: "guest_query_id",
}

/** The query that a call answers, unless it is too old, or nobody asked it, or another bot was asked. */
export function findQuery({ bot, parameters, world }: Call, kind: Query["kind"]): Query {
  const query = world.queries.get(parameters.text(ids[kind]).trim())
  const age = query ? world.clock.now() - query.createdAt : 0
  if (!query || query.kind !== kind || query.bot !== bot.id || age > patience[kind] * 1000) {
    throw badRequest("query is too old and response timeout expired or query ID is invalid")
  }
  return query
}

/** Answers a query, so that whoever asked can see it. A later answer takes the place of an earlier one. */
export function answer(call: Call, kind: Query["kind"], given: Record<string, unknown>): true {
  findQuery(call, kind).answer = given
  call.world.clock.changed()
  return true
}

/** The longest text that an answer to a pressed button shows, in characters. */
const LONGEST_NOTICE = 200

export const answerCallback: Record<string, Method> = {
  answerCallbackQuery: (call) => {
    const { parameters } = call
    const [text, url] = [parameters.text("text"), parameters.text("url")]
    if (characters(text) > LONGEST_NOTICE) throw badRequest("MESSAGE_TOO_LONG")
    if (url !== "" && !/^(https?|tg):\/\/|^t\.me\//i.test(url)) throw badRequest("URL_INVALID")
    return answer(call, "callback", {
      callback_query_id: parameters.text("callback_query_id"),
      ...(text && { text }),
      show_alert: parameters.boolean("show_alert"),
      ...(url && { url }),
      cache_time: parameters.integer("cache_time"),
    })
  },
}
