// A bot on a route of @koa/router: it says every text back. `SECRET_TOKEN=change-me npx tsx examples/koa-router.ts`
import type { AddressInfo } from "node:net"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/koa"
import { Router } from "@koa/router"
import Koa from "koa"

const { PORT = "8080", SECRET_TOKEN = "" } = process.env

const webhook = createWebhook({
  secretToken: SECRET_TOKEN,
  handler: ({ message }) => message?.text && { method: "sendMessage", chat_id: message.chat.id, text: message.text },
})

const router = new Router()
router.post("/telegram", telegramWebhook({ webhook }))
router.get("/", (ctx) => void (ctx.body = "The rest of the application"))

const app = new Koa().use(router.routes()).use(router.allowedMethods())
const server = app.listen(PORT, () => {
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}/telegram`)
})
server.keepAliveTimeout = 65_000 // Telegram uses a connection again within 60 s

process.once("SIGTERM", async () => {
  await webhook.close()
  server.close()
  setTimeout(() => server.closeAllConnections(), 1000).unref() // what is silent or still busy then
})
