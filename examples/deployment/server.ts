// The bot that all files of this folder run: it says every text back, and is told everything by environment variables.
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { serve } from "@hookgram/node"

const { BOT_TOKEN = "", SECRET_TOKEN = "", WEBHOOK_URL, CERTIFICATE, API_URL } = process.env
const { SOCKET, PORT = "8080", ALLOWED_ADDRESSES, TRUSTED_PROXIES } = process.env

/** What stands between commas, `undefined` if the variable is not set. */
function list(text: string | undefined): string[] | undefined {
  return text?.split(",").filter((entry) => entry !== "")
}

const bot = new Bot(createApi(BOT_TOKEN, { ...(API_URL && { baseUrl: API_URL }) }))
bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))

const server = await serve({
  bot,
  secretToken: SECRET_TOKEN,
  ...(SOCKET ? { socket: SOCKET } : { host: "0.0.0.0", port: Number(PORT) }),
  path: "/telegram",
  // With a Bot API server of one's own, such as the simulator, the webhook may have any port and address.
  ...(WEBHOOK_URL && {
    webhook: { url: WEBHOOK_URL, local: API_URL !== undefined, ...(CERTIFICATE && { certificate: CERTIFICATE }) },
  }),
  allowedAddresses: list(ALLOWED_ADDRESSES),
  trustedProxies: list(TRUSTED_PROXIES),
  drainTimeout: 8000, // and every kill time-out in this folder is longer
})
console.log(`Listening on ${server.url}`)
