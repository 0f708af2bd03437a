// An echo bot by long polling: it needs no address that Telegram can reach. `BOT_TOKEN=… npx tsx examples/polling.ts`
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"

const { BOT_TOKEN = "", API_URL } = process.env

const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => bot.stop()) // what runs may finish

console.log("Polling")
await bot.startPolling() // refuses while a webhook is set; `deleteWebhook: true` removes it
