// A bot in a Fastify application: it says every text back. `SECRET_TOKEN=change-me npx tsx examples/fastify.ts`
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"

const { PORT = "8080", SECRET_TOKEN = "" } = process.env

const app = Fastify({ keepAliveTimeout: 65_000 }) // Telegram uses a connection again within 60 s

await app.register(telegramWebhook, {
  path: "/telegram",
  secretToken: SECRET_TOKEN,
  handler: ({ message }) => message?.text && { method: "sendMessage", chat_id: message.chat.id, text: message.text },
})

app.get("/", () => "The rest of the application")

console.log(`Listening on ${await app.listen({ port: Number(PORT) })}/telegram`)

process.once("SIGTERM", () => app.close())
