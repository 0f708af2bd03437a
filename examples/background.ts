// Answers Telegram at once and works on, for what takes long. A crash meanwhile loses the update.
// `SECRET_TOKEN=change-me SERVICE_URL=http://localhost:9000 npx tsx examples/background.ts`
import { createWebhook, RetryLater } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"

const { PORT = "8080", SECRET_TOKEN = "", SERVICE_URL = "http://localhost:9000" } = process.env

const webhook = createWebhook({
  secretToken: SECRET_TOKEN,
  deadline: 0,
  maxAttempts: 3,
  handler: async ({ message }, { attempt, signal }) => {
    const response = await fetch(SERVICE_URL, { method: "POST", body: message?.text ?? "", signal })
    if (response.status === 503) throw new RetryLater(1) // again here, in a second, before the chat's next message
    if (!response.ok) throw new Error(`The service answers ${response.status}`) // Telegram was told 200: a dead letter
    console.log(`Done at attempt ${attempt}: ${await response.text()}`)
  },
  onDeadLetter: ({ update_id }, error, attempts) =>
    console.log(`Given up on ${update_id} at attempt ${attempts}: ${error}`),
})

const app = Fastify({ keepAliveTimeout: 65_000 }) // Telegram uses a connection again within 60 s
await app.register(telegramWebhook, { path: "/telegram", webhook })
app.addHook("preClose", async () => void setTimeout(() => app.server.closeAllConnections(), 1000).unref()) // silent ones, too

console.log(`Listening on ${await app.listen({ port: Number(PORT) })}/telegram`)

process.once("SIGTERM", () => app.close())
