/**
 * Servers at a public address, and a Telegram that is as strict as the real one; to be run in a network where that address
 * is this machine's. Prints what became of a message to each of them.
 */
import { setTimeout } from "node:timers/promises"
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { serve, type ServeOptions } from "@hookgram/node"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import { publicAddress } from "../../support/network.ts"
import { selfSigned, signed } from "../../support/certificates.ts"

const secretToken = "A-valid_secret-token-1"

/** What Ana is answered, or why she is not. */
async function talk(port: number, options: Partial<ServeOptions>, set?: (url: string, telegram: Simulator) => unknown) {
  const telegram = await startSimulator({ strict: true })
  const bot = new Bot(createApi(telegram.token, { baseUrl: telegram.url }))
  bot.on.message((message) => message.answer(`You said: ${message.text}`))
  const url = `https://${publicAddress}:${port}/telegram`
  const webhook = set ? undefined : { url, ...options.webhook }
  const server = await serve({ bot, secretToken, host: publicAddress, port, signals: false, ...options, webhook })
  await set?.(url, telegram)
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const outcome = await firstOutcome(telegram)
  const heard = outcome === "delivered" ? (await ana.nextReply()).text : undefined
  const found = { url: server.url, outcome, heard, info: telegram.webhookInfo() }
  await server.close()
  await telegram.close()
  return found
}

async function firstOutcome(telegram: Simulator): Promise<string> {
  for (;;) {
    const outcome = telegram.deliveries[0]?.outcome
    if (outcome !== undefined && outcome !== "under way") return outcome
    await setTimeout(10)
  }
}

const own = selfSigned(publicAddress)
const bought = signed(publicAddress, `subjectAltName=IP:${publicAddress}`)

const selfSignedServer = await talk(8443, { tls: own })
const notForSigning = await talk(8443, { tls: selfSigned(publicAddress, "keyUsage=critical,digitalSignature") })
const notUploaded = await talk(88, { tls: own }, async (url, telegram) => {
  const api = createApi(telegram.token, { baseUrl: telegram.url })
  await api.setWebhook({ url, secret_token: secretToken })
})
const otherUploaded = await talk(80, {
  tls: own,
  webhook: { url: `https://${publicAddress}:80/telegram`, certificate: selfSigned(publicAddress).cert },
})
const unknownRoot = await talk(443, { tls: { key: bought.key, cert: bought.cert + bought.root } })
const rootUploaded = await talk(8443, {
  tls: { key: bought.key, cert: bought.cert },
  webhook: { url: `https://${publicAddress}:8443/telegram`, certificate: bought.root },
})
process.stdout.write(
  JSON.stringify({ selfSignedServer, notForSigning, notUploaded, otherUploaded, unknownRoot, rootUploaded }),
)
