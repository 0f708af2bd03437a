// An echo bot as an HTTPS server of its own, with a certificate that nobody but itself has signed. Made once, by
// `openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=bot.example.com -keyout key.pem -out cert.pem`
// it is given to Telegram when the server starts, and then Telegram trusts it alone. The name must be that of the URL.
// `BOT_TOKEN=… SECRET_TOKEN=change-me WEBHOOK_URL=https://bot.example.com:8443/telegram npx tsx examples/stand-alone-https.ts`
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { serve } from "@hookgram/node"

const { PORT = "8443", KEY = "key.pem", CERT = "cert.pem", BOT_TOKEN = "", SECRET_TOKEN = "" } = process.env
const { WEBHOOK_URL = "", API_URL } = process.env

const bot = new Bot(createApi(BOT_TOKEN, { baseUrl: API_URL }))
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

const { url } = await serve({
  bot,
  secretToken: SECRET_TOKEN,
  port: Number(PORT),
  tls: { key: KEY, cert: CERT },
  webhook: { url: WEBHOOK_URL, local: API_URL !== undefined }, // the simulator takes any port
})
console.log(`Listening on ${url}`)
