import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createApi } from "@hookgram/api"
import { Bot, type BotOptions } from "@hookgram/bot"
import { createWebhook, type Webhook, type WebhookOptions } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/node"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import { onTestFinished } from "vitest"

export const secretToken = "s3cret"

/** A Telegram, and a bot that does not yet get anything from it. */
export async function botAt(options?: BotOptions): Promise<{ telegram: Simulator; bot: Bot }> {
  const telegram = await startSimulator({ seed: 7 })
  onTestFinished(() => telegram.close())
  return { telegram, bot: new Bot(createApi(telegram.token, { baseUrl: telegram.url }), options) }
}

/** Serves a webhook at an address; closed when the test is over. */
export async function serve(webhook: Webhook): Promise<string> {
  const server = createServer(telegramWebhook({ webhook }))
  await once(server.listen(0, "127.0.0.1"), "listening")
  onTestFinished(async () => {
    await webhook.close({ timeout: 0 })
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** A way for a bot to get its updates. */
export type Start = (bot: Bot, telegram: Simulator) => Promise<void>

export function byWebhook(options: Partial<WebhookOptions> = {}): Start {
  return async (bot) => {
    const webhook = createWebhook({ secretToken, handler: bot, onEvent: () => {}, ...options })
    await bot.api.setWebhook({ url: await serve(webhook), secret_token: secretToken })
  }
}

export const byPolling: Start = async (bot) => {
  const polling = bot.startPolling()
  onTestFinished(async () => {
    await bot.stop()
    await polling
  })
}

/** All ways that differ in what they hold back and until when. */
export const ways: Readonly<Record<string, Start>> = {
  "by a webhook": byWebhook(),
  "by a webhook that answers at once": byWebhook({ deadline: 0 }),
  "by a webhook that answers when it is done": byWebhook({ deadline: 55_000, onDeadline: "retry" }),
  "by a webhook with room for one": byWebhook({ concurrency: 1, queueLimit: 0 }),
  "by a webhook without lanes": byWebhook({ lane: () => undefined }),
  "by polling": byPolling,
}
