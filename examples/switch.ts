// By webhook or by polling, with the same handlers. MODE says how it begins; SIGUSR2 takes it from one to the other.
// `MODE=polling BOT_TOKEN=… SECRET_TOKEN=change-me WEBHOOK_URL=https://bot.example.com/telegram npx tsx examples/switch.ts`
import { createApi, ensureWebhook } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"

const { PORT = "8080", MODE, BOT_TOKEN = "", SECRET_TOKEN = "", WEBHOOK_URL = "", API_URL } = process.env

const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

const webhook = createWebhook({ secretToken: SECRET_TOKEN, handler: bot }) // for both: some updates come by both
const app = Fastify({ keepAliveTimeout: 65_000 }) // Telegram uses a connection again within 60 s
await app.register(telegramWebhook, { path: "/telegram", webhook })
app.addHook("preClose", async () => void setTimeout(() => app.server.closeAllConnections(), 1000).unref()) // silent ones, too
console.log(`Listening on ${await app.listen({ port: Number(PORT) })}/telegram`)

const byWebhook = { url: WEBHOOK_URL, secretToken: SECRET_TOKEN, local: API_URL !== undefined } // http is for the simulator
let isPolling = MODE !== "polling"
async function turn(): Promise<void> {
  isPolling = !isPolling
  await bot.stop() // fetches nothing more, and lets what runs finish
  if (isPolling) await bot.startPolling({ webhook, deleteWebhook: true })
  else await ensureWebhook(bot.api, byWebhook)
}
process.on("SIGUSR2", turn)
process.once("SIGTERM", () => bot.stop().then(() => app.close()))
await turn()
