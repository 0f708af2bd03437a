// A bot in a Koa application: it says every text back. `SECRET_TOKEN=change-me npx tsx examples/koa.ts`
import type { AddressInfo } from "node:net"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/koa"
import Koa from "koa"

const { PORT = "8080", SECRET_TOKEN = "" } = process.env

const webhook = createWebhook({
  secretToken: SECRET_TOKEN,
  handler: ({ message }) => message?.text && { method: "sendMessage", chat_id: message.chat.id, text: message.text },
})

const app = new Koa()
app.use(telegramWebhook({ path: "/telegram", webhook }))
app.use((ctx) => {
  ctx.body = "The rest of the application"
})

const server = app.listen(PORT, () => {
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}/telegram`)
})
server.keepAliveTimeout = 65_000 // Telegram uses a connection again within 60 s

process.once("SIGTERM", async () => {
  await webhook.close()
  server.close()
})
