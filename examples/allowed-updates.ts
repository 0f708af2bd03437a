// A bot that sets its own webhook when it starts, for those kinds of updates that it has handlers for.
// `BOT_TOKEN=… SECRET_TOKEN=change-me WEBHOOK_URL=https://bot.example.com/telegram npx tsx examples/allowed-updates.ts`
import { createApi, ensureWebhook } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "", WEBHOOK_URL = "", API_URL } = process.env

const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message("/start", (message) => message.answer("React to this."))
bot.on.message_reaction(({ chat, new_reaction }, { api }) =>
  api.sendMessage({ chat_id: chat.id, text: new_reaction.length > 0 ? "Thank you." : "A pity." }),
)

const app = Fastify({ keepAliveTimeout: 65_000 }) // Telegram uses a connection again within 60 s
await app.register(telegramWebhook, { path: "/telegram", secretToken: SECRET_TOKEN, handler: bot })
app.addHook("preClose", async () => void setTimeout(() => app.server.closeAllConnections(), 1000).unref()) // silent ones, too
console.log(`Listening on ${await app.listen({ port: Number(PORT) })}/telegram`)

const { changed } = await ensureWebhook(bot.api, {
  url: WEBHOOK_URL,
  secretToken: SECRET_TOKEN,
  allowedUpdates: bot.allowedUpdates, // message and message_reaction, which Telegram sends only to those who ask for it
  local: API_URL !== undefined, // the simulator takes plain http
})
console.log(changed ? "The webhook is set" : "The webhook was set already")

process.once("SIGTERM", () => app.close())
