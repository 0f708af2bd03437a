// An agent: works for minutes, shows how far it is, and asks the person in between. A crash meanwhile loses its work.
// `BOT_TOKEN=… SECRET_TOKEN=change-me LLM_URL=http://localhost:9000 npx tsx examples/agent.ts`
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import type { Update } from "@hookgram/core"
import { serve } from "@hookgram/node"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "", LLM_URL = "http://localhost:9000", API_URL } = process.env

const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message(/.+/s, async (message, { match, api, signal, detach }) => {
  detach() // Telegram has its answer, and the chat's next message may come
  const { chat, message_id } = await message.answer("I am on it.")
  const dialog = [match[0]]
  for (;;) {
    await api.sendChatAction({ chat_id: chat.id, action: "typing" }).catch(() => {}) // shown for 5 s
    const answer = await fetch(LLM_URL, { method: "POST", body: JSON.stringify(dialog), signal })
    if (!answer.ok) throw new Error(`The model answers ${answer.status}`)
    const { type, text } = (await answer.json()) as { type: "progress" | "question" | "result"; text: string }
    if (type === "result") return message.answer(text)
    if (type === "progress") await api.editMessageText({ chat_id: chat.id, message_id, text }).catch(() => {})
    else dialog.push(text, (await message.ask(text, { timeout: 3_600_000 })).text ?? "")
  }
})

/** After an error, an hour without an answer, or when this process ends before the work does. */
const onDeadLetter = async ({ message }: Update): Promise<unknown> =>
  message && bot.api.sendMessage({ chat_id: message.chat.id, text: "I had to give up. Please ask again." })
const server = await serve({ bot, secretToken: SECRET_TOKEN, port: Number(PORT), onDeadLetter, drainTimeout: 5000 })
console.log(`Listening on ${server.url}`)
