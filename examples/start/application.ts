import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { createWebhook, deriveSecretToken } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/express"
import type { Simulator } from "@hookgram/simulator"
import express from "express"
import { type CallApi, exampleBot } from "./bot.ts"

/** Starts the bot in an Express application, and sets its webhook. Returns what ends it. */
export async function startApplication(telegram: Simulator): Promise<() => Promise<void>> {
  const call: CallApi = async (method, parameters) => {
    const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(parameters),
    })
    const { ok, result, description } = (await response.json()) as {
      ok: boolean
      result: unknown
      description?: string
    }
    if (!ok) throw new Error(`${method}: ${description}`)
    return result
  }
  const secretToken = await deriveSecretToken(telegram.token)
  const webhook = createWebhook({ secretToken, handler: exampleBot(call) })
  const app = express()
  app.use(telegramWebhook({ path: "/telegram", webhook }))
  const server = app.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await call("setWebhook", { url: `http://127.0.0.1:${port}/telegram`, secret_token: secretToken })
  return async () => {
    await webhook.close({ timeout: 1000 })
    server.close()
    server.closeAllConnections()
  }
}
