// Run as a program: one of several processes of a bot, which prints what its handlers see.
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createApi } from "@hookgram/api"
import { Bot, redisAsks } from "@hookgram/bot"
import { telegramWebhook } from "@hookgram/node"
import { createClient } from "redis"

const { TOKEN = "", BASE_URL = "", REDIS = "", SECRET_TOKEN = "" } = process.env
const client = createClient({ socket: { path: REDIS, tls: false } })
const asks = redisAsks(await client.connect(), { botId: "bot" })
const bot = new Bot(createApi(TOKEN, { baseUrl: BASE_URL }), { asks })
bot.on.message("/ask", async (message, { args }) => {
  const answer = await message.ask(`${args}?`)
  console.log(`answer to ${args}: ${answer.text}`)
})
bot.on.message(({ text }) => console.log(`other: ${text}`))
const server = createServer(telegramWebhook({ secretToken: SECRET_TOKEN, handler: bot }))
await once(server.listen(0, "127.0.0.1"), "listening")
console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
