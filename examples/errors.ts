// What can go wrong, and who is told: the person, Telegram, or you.
// `BOT_TOKEN=… SECRET_TOKEN=change-me SHOP_URL=http://localhost:9000 npx tsx examples/errors.ts`
import { createApi, TelegramError } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { GiveUp, RetryLater } from "@hookgram/core"
import { serve } from "@hookgram/node"

const { PORT = "8080", BOT_TOKEN = "", SECRET_TOKEN = "", SHOP_URL = "http://localhost:9000", API_URL } = process.env
const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message("/order", async (message, { args, signal }) => {
  const response = await fetch(`${SHOP_URL}/orders/${encodeURIComponent(args)}`, { signal })
  if (response.status === 404) return message.answer("There is no such order.") // no error: a person can mistype
  if (response.status === 410) throw new GiveUp("the order is gone") // would fail each time: a dead letter at once
  if (response.status === 503) throw new RetryLater(Number(response.headers.get("Retry-After"))) // in so many seconds
  if (!response.ok) throw new Error(`The shop answers ${response.status}`) // Telegram is told 500, and delivers again
  return message.answer(await response.text())
})
bot.catch((error) => {
  if (!(error instanceof TelegramError && error.errorCode === 403)) throw error // as if this were not here
  console.log("Blocked: there is nobody to answer") // and the update is done
})
const { url } = await serve({
  bot,
  secretToken: SECRET_TOKEN,
  port: Number(PORT),
  maxAttempts: 3, // 15 unless said otherwise
  onDeadLetter: (_update, error, attempts) => console.log(`Given up after ${attempts}: ${error}`),
  onEvent: (event) => event.type === "failed" && console.log(`Attempt ${event.attempt} has failed: ${event.error}`),
})
console.log(`Listening on ${url}`)
