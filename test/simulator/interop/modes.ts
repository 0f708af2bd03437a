import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { createWebhook } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/express"
import express, { type Express } from "express"
import { kindNames } from "../../../packages/simulator/src/updates/kinds.ts"
import type { InteropBot } from "./bot.ts"

/** A way for a bot to get its updates. */
export interface Mode {
  readonly name: string
  /** What `getWebhookInfo` shows of it. */
  readonly webhook: boolean
  /** Starts it; returns what ends it. */
  start(bot: InteropBot): Promise<() => Promise<void>>
}

const path = "/telegram"
const secretToken = "s3cret"

export const modes: readonly Mode[] = [
  {
    name: "by its own webhook",
    webhook: true,
    start: (bot) => serve(bot, (app) => bot.mount(app, path, secretToken)),
  },
  {
    name: "behind telegramWebhook",
    webhook: true,
    async start(bot) {
      const webhook = createWebhook({ secretToken, handler: bot.handler })
      const stop = await serve(bot, (app) => void app.use(telegramWebhook({ path, webhook })))
      return async () => {
        await webhook.close({ timeout: 1000 })
        await stop()
      }
    },
  },
  {
    name: "by its own long polling",
    webhook: false,
    async start(bot) {
      const polling = bot.poll(kindNames)
      return async () => {
        await bot.stop()
        await polling
      }
    },
  },
]

async function serve(bot: InteropBot, mount: (app: Express) => void): Promise<() => Promise<void>> {
  const app = express()
  mount(app)
  const server = app.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await bot.setWebhook(`http://127.0.0.1:${port}${path}`, secretToken, kindNames)
  return async () => {
    await bot.deleteWebhook()
    server.close()
    server.closeAllConnections()
    await once(server, "close")
  }
}
