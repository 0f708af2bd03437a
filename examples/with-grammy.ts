// A grammY bot behind Hookgram. `BOT_TOKEN=… SECRET_TOKEN=change-me npx tsx examples/with-grammy.ts`
import type { AddressInfo } from "node:net"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/express"
import express from "express"
import { Bot } from "grammy"

const { PORT = "8080", SECRET_TOKEN = "", BOT_TOKEN = "", API_URL = "https://api.telegram.org" } = process.env

const bot = new Bot(BOT_TOKEN, { client: { apiRoot: API_URL } })
bot.command("start", (ctx) => ctx.reply(`Hello ${ctx.from?.first_name}`))
bot.on("message:text", (ctx) => ctx.reply(ctx.message.text))
bot.on("callback_query:data", (ctx) => ctx.answerCallbackQuery(ctx.callbackQuery.data))

const webhook = createWebhook({ secretToken: SECRET_TOKEN, handler: bot })

const app = express().use(telegramWebhook({ path: "/telegram", webhook }))

const server = app.listen(PORT, (error) => {
  if (error) throw error
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}/telegram`)
})
server.keepAliveTimeout = 65_000 // Telegram uses a connection again within 60 s

process.once("SIGTERM", async () => {
  await webhook.close()
  server.close()
  setTimeout(() => server.closeAllConnections(), 1000).unref() // what is silent or still busy then
})
