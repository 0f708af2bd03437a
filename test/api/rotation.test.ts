import { once } from "node:events"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { ensureWebhook, type WebhookConfig } from "@hookgram/api"
import { memoryDedup } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/node"
import { expect, onTestFinished, test } from "vitest"
import { simulated } from "./server.ts"

test("a secret is rotated under load, and no update is lost, doubled or refused", async () => {
  const { telegram, api } = await simulated()
  const dedup = memoryDedup()
  const handled: string[] = []
  /** A deployment that accepts these secrets. */
  const deployed = (...secretToken: string[]): RequestListener =>
    telegramWebhook({
      secretToken,
      dedup,
      botId: 1,
      handler: async ({ message }) => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        handled.push(message?.text ?? "")
      },
    })
  let deployment = deployed("old")
  const server = createServer((request, response) => deployment(request, response))
  await once(server.listen(0, "127.0.0.1"), "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const store = new Map<string, string>()
  const config: WebhookConfig = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    secretToken: "old",
    local: true,
  }
  await ensureWebhook(api, config, { store })

  const people = ["Ana", "Ben", "Eve", "Zoe"].map((name) => telegram.user(name))
  const sent: string[] = []
  const over = new AbortController()
  const load = Promise.all(
    people.map(async (person, index) => {
      for (let count = 0; !over.signal.aborted; count++) {
        const text = `${index}-${count}`
        sent.push(text)
        await person.send(text)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }),
  )
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 600))

  await aWhile()
  deployment = deployed("old", "new") // 1. accept both
  await aWhile()
  expect(await ensureWebhook(api, { ...config, secretToken: "new" }, { store })).toMatchObject({ changed: true }) // 2. set
  await aWhile()
  deployment = deployed("new") // 3. accept the new one alone
  await aWhile()
  over.abort()
  await load
  await telegram.settled(10_000)

  expect(sent.length).toBeGreaterThan(100)
  expect(handled.toSorted()).toEqual(sent.toSorted())
  expect(telegram.deliveries.filter(({ status }) => status !== undefined && status !== 200)).toEqual([])
  expect(telegram.webhookInfo().last_error_message).toBeUndefined()
})
