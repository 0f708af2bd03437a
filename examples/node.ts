// An echo bot on node:http, in front of a listener of one's own. `BOT_TOKEN=… SECRET_TOKEN=change-me npx tsx examples/node.ts`
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { Bot } from "@hookgram/bot"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/node"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "" } = process.env

const bot = new Bot(BOT_TOKEN, { webhookReply: true })
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

const webhook = createWebhook({ secretToken: SECRET_TOKEN, handler: bot })
const listener = telegramWebhook({ path: "/telegram", webhook }, (_req, res) => res.end("The rest of the application"))

const server = createServer({ keepAliveTimeout: 65_000 }, listener) // Telegram uses a connection again within 60 s
server.listen(PORT, () => {
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}/telegram`)
})

process.once("SIGTERM", async () => {
  await webhook.close()
  server.close()
  setTimeout(() => server.closeAllConnections(), 1000).unref() // what is silent or still busy then
})
