// The webhook in front of an Express application, whose machinery Telegram's requests never enter: the fastest way.
// `SECRET_TOKEN=change-me npx tsx examples/fast-lane.ts`
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/node"
import express from "express"

const { PORT = "8080", SECRET_TOKEN = "" } = process.env

const webhook = createWebhook({
  secretToken: SECRET_TOKEN,
  handler: ({ message }) => message?.text && { method: "sendMessage", chat_id: message.chat.id, text: message.text },
})

const app = express()
app.get("/", (_req, res) => void res.send("The rest of the application"))

const server = createServer({ keepAliveTimeout: 65_000 }, telegramWebhook({ path: "/telegram", webhook }, app)) // Telegram: 60 s
server.listen(PORT, () => {
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}/telegram`)
})

process.once("SIGTERM", async () => {
  await webhook.close()
  server.close()
  setTimeout(() => server.closeAllConnections(), 1000).unref() // what is silent or still busy then
})
