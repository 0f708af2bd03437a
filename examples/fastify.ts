// An echo bot in a Fastify application. `BOT_TOKEN=… SECRET_TOKEN=change-me npx tsx examples/fastify.ts`
import { Bot } from "@hookgram/bot"
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "" } = process.env

const bot = new Bot(BOT_TOKEN, { webhookReply: true })
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

const app = Fastify({ keepAliveTimeout: 65_000 }) // Telegram uses a connection again within 60 s
await app.register(telegramWebhook, { path: "/telegram", secretToken: SECRET_TOKEN, handler: bot })
app.addHook("preClose", async () => void setTimeout(() => app.server.closeAllConnections(), 1000).unref()) // silent ones, too
app.get("/", () => "The rest of the application")

console.log(`Listening on ${await app.listen({ port: Number(PORT) })}/telegram`)

process.once("SIGTERM", () => app.close())
