import type { Handler } from "@hookgram/core"

/** Calls a Bot API method. */
export type CallApi = (method: string, parameters: object) => Promise<unknown>

const greeting = [
  "I am a bot in an Express application, and this is a Telegram of your own. Write to me, or try",
  "/fail, which fails twice: Telegram tries again,",
  "/slow, which takes 8 seconds: Telegram is answered after 5, and the reply comes all the same.",
].join("\n")

/** A bot that has something to show for each thing that Hookgram does for it. */
export function exampleBot(call: CallApi): Handler {
  return async (update, { attempt }) => {
    const { message, callback_query: press } = update
    if (press?.message) {
      const count = Number(press.data) + 1
      const { chat, message_id } = press.message
      await call("editMessageReplyMarkup", { chat_id: chat.id, message_id, reply_markup: counter(count) })
      return { method: "answerCallbackQuery", callback_query_id: press.id, text: `Pressed: ${count}` }
    }
    if (!message) return undefined
    const say = (text: string, more: object = {}) => ({
      method: "sendMessage",
      chat_id: message.chat.id,
      text,
      ...more,
    })
    if (message.text === "/start") return say(greeting, { reply_markup: counter(0) })
    if (message.text === "/fail") {
      if (attempt < 3) throw new Error(`The database is away (attempt ${attempt})`)
      return say("The third attempt succeeded: nothing was lost.")
    }
    if (message.text === "/slow") {
      await new Promise((resolve) => setTimeout(resolve, 8000))
      await call("sendMessage", say("Done, after 8 seconds."))
      return undefined
    }
    if (message.photo) return say(`A picture, ${message.photo.at(-1)?.width} pixels wide.`)
    return message.text && say(`You said: <b>${escape(message.text)}</b>`, { parse_mode: "HTML" })
  }
}

function counter(count: number): object {
  return { inline_keyboard: [[{ text: `Pressed: ${count}`, callback_data: String(count) }]] }
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
}
