// Health checks in an Express application: /health/live, /health/ready for load balancers, /health for people and monitors.
// `BOT_TOKEN=… SECRET_TOKEN=change-me npx tsx examples/health.ts`
import type { AddressInfo } from "node:net"
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { createWebhook } from "@hookgram/core"
import { healthHandler, telegramWebhook } from "@hookgram/express"
import express from "express"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "", API_URL } = process.env

const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))
const webhook = createWebhook({ secretToken: SECRET_TOKEN, handler: bot })

const app = express()
app.use(telegramWebhook({ path: "/telegram", webhook }))
app.use(healthHandler({ path: "/health", webhook, api: bot.api }))

const server = app.listen(PORT, () => {
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}/telegram`)
})
server.keepAliveTimeout = 65_000 // Telegram uses a connection again within 60 s

process.once("SIGTERM", async () => {
  await webhook.close() // meanwhile /health/ready answers 503, so that nothing new is sent here
  server.close()
  setTimeout(() => server.closeAllConnections(), 1000).unref() // what is silent or still busy then
})
