// An echo bot in a Koa application. `BOT_TOKEN=… SECRET_TOKEN=change-me npx tsx examples/koa.ts`
import type { AddressInfo } from "node:net"
import { Bot } from "@hookgram/bot"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/koa"
import Koa from "koa"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "" } = process.env

const bot = new Bot(BOT_TOKEN, { webhookReply: true })
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

const webhook = createWebhook({ secretToken: SECRET_TOKEN, handler: bot })

const app = new Koa()
app.use(telegramWebhook({ path: "/telegram", webhook }))
app.use((ctx) => void (ctx.body = "The rest of the application"))

const server = app.listen(PORT, () => {
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}/telegram`)
})
server.keepAliveTimeout = 65_000 // Telegram uses a connection again within 60 s

process.once("SIGTERM", async () => {
  await webhook.close()
  server.close()
  setTimeout(() => server.closeAllConnections(), 1000).unref() // what is silent or still busy then
})
