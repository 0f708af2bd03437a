// A bot in a Hono application: it says every text back. `SECRET_TOKEN=change-me npx tsx examples/hono.ts`
import type { AddressInfo } from "node:net"
import { serve } from "@hono/node-server"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/fetch"
import { Hono } from "hono"

const { PORT = "8080", SECRET_TOKEN = "" } = process.env

const webhook = createWebhook({
  secretToken: SECRET_TOKEN,
  handler: ({ message }) => message?.text && { method: "sendMessage", chat_id: message.chat.id, text: message.text },
})
const answer = telegramWebhook({ webhook })

const app = new Hono()
app.post("/telegram", (c) => answer(c.req.raw)) // on Workers: answer(c.req.raw, c.executionCtx)
app.get("/", (c) => c.text("The rest of the application"))

const serverOptions = { keepAliveTimeout: 65_000 } // Telegram uses a connection again within 60 s
const server = serve({ fetch: app.fetch, port: Number(PORT), serverOptions }, ({ port }: AddressInfo) => {
  console.log(`Listening on http://localhost:${port}/telegram`)
})

process.once("SIGTERM", async () => {
  await webhook.close()
  server.close()
  setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), 1000).unref() // what is silent or busy
})
