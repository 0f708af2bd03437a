// A Telegraf bot behind Hookgram. `BOT_TOKEN=… SECRET_TOKEN=change-me npx tsx examples/with-telegraf.ts`
import { telegramWebhook } from "@hookgram/fastify"
import Fastify from "fastify"
import { Telegraf } from "telegraf"
import { callbackQuery, message } from "telegraf/filters"

const { PORT = "8080", SECRET_TOKEN = "", BOT_TOKEN = "", API_URL = "https://api.telegram.org" } = process.env

// After Telegraf's own timeout of 90 s, the next update of the chat would run beside the one that goes on.
const bot = new Telegraf(BOT_TOKEN, { telegram: { apiRoot: API_URL }, handlerTimeout: Number.POSITIVE_INFINITY })
bot.start((ctx) => ctx.reply(`Hello ${ctx.from.first_name}`))
bot.on(message("text"), (ctx) => ctx.reply(ctx.message.text))
bot.on(callbackQuery("data"), (ctx) => ctx.answerCbQuery(ctx.callbackQuery.data))
bot.catch((error) => {
  throw error // so that Telegram sends the update again
})
// Asked here, because Telegraf does not ask again when its own first call fails.
bot.botInfo = await bot.telegram.getMe()

const app = Fastify({ keepAliveTimeout: 65_000 }) // Telegram uses a connection again within 60 s
await app.register(telegramWebhook, { path: "/telegram", secretToken: SECRET_TOKEN, handler: bot })
app.addHook("preClose", async () => void setTimeout(() => app.server.closeAllConnections(), 1000).unref()) // silent ones, too

console.log(`Listening on ${await app.listen({ port: Number(PORT) })}/telegram`)

process.once("SIGTERM", () => app.close())
