import { badRequest } from "../api/error.ts"
import type { Method } from "../api/method.ts"
import { answer } from "./answer.ts"
import { characters } from "./formatted.ts"

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
