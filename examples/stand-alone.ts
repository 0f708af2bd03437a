// An echo bot as a server of its own, behind a proxy that does TLS. It sets its webhook when it starts.
// `BOT_TOKEN=… SECRET_TOKEN=change-me WEBHOOK_URL=https://bot.example.com/telegram npx tsx examples/stand-alone.ts`
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { serve } from "@hookgram/node"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "", WEBHOOK_URL = "", API_URL } = process.env

const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

const { url } = await serve({
  bot,
  secretToken: SECRET_TOKEN,
  port: Number(PORT),
  webhook: { url: WEBHOOK_URL, local: API_URL !== undefined }, // the simulator takes plain http
})
console.log(`Listening on ${url}`) // SIGTERM and SIGINT let what runs finish, then end it
