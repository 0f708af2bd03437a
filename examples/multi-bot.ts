// Two bots in one application, each with its own path and secret.
// `SHOP_SECRET=change-me SUPPORT_SECRET=change-me-too npx tsx examples/multi-bot.ts`
import { memoryDedup } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"

const { PORT = "8080", SHOP_SECRET = "", SUPPORT_SECRET = "" } = process.env

const dedup = memoryDedup() // one for both: `botId` keeps their updates apart, which may have the same ids
const app = Fastify({ keepAliveTimeout: 65_000 }) // Telegram uses a connection again within 60 s

for (const [botId, secretToken] of Object.entries({ shop: SHOP_SECRET, support: SUPPORT_SECRET })) {
  await app.register(telegramWebhook, {
    path: `/telegram/${botId}`,
    botId,
    secretToken,
    dedup,
    handler: ({ message }) =>
      message && { method: "sendMessage", chat_id: message.chat.id, text: `This is the ${botId}` },
  })
}
app.addHook("preClose", async () => void setTimeout(() => app.server.closeAllConnections(), 1000).unref()) // silent ones, too

console.log(`Listening on ${await app.listen({ port: Number(PORT) })}`)

process.once("SIGTERM", () => app.close())
