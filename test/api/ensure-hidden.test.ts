import { ensureWebhook, type WebhookConfig, type WebhookStore } from "@hookgram/api"
import type { Simulator } from "@hookgram/simulator"
import { describe, expect, test } from "vitest"
import { selfSigned } from "../support/certificates.ts"
import { receiverFor } from "../simulator/support/telegram.ts"
import { aWhile, config, quick, said, setCalls } from "./registering.ts"
import { apiOf, simulated } from "./server.ts"

describe("what getWebhookInfo does not show", () => {
  const other = { ...config, secretToken: "an0ther" }
  const storeIn = (map: Map<string, string>): WebhookStore => map

  test("a new secret is noticed with a store", async () => {
    const { telegram, api } = await quick()
    const store = storeIn(new Map())
    await ensureWebhook(api, config, { store })
    expect(await ensureWebhook(api, config, { store })).toMatchObject({ changed: false })
    await aWhile()
    expect(await ensureWebhook(api, other, { store })).toEqual({ changed: true, differences: ["hidden"] })
    expect(said(telegram)).toEqual(["Webhook was set", "Webhook was set"])
  })

  test("so is a new certificate, and an address that is no longer fixed", async () => {
    const { api } = await quick()
    const store = storeIn(new Map())
    const configs: WebhookConfig[] = [
      { ...config, certificate: selfSigned("127.0.0.1").cert, ipAddress: "127.0.0.1" },
      { ...config, certificate: selfSigned("127.0.0.1").cert, ipAddress: "127.0.0.1" },
    ]
    configs.push({ ...config, certificate: configs[1]?.certificate })
    for (const one of configs) {
      await aWhile()
      expect(await ensureWebhook(api, one, { store })).toMatchObject({ changed: true })
      expect(await ensureWebhook(api, one, { store })).toMatchObject({ changed: false })
    }
  })

  test("a store keeps bots apart, and neither secret nor token", async () => {
    const { telegram, api } = await quick()
    const map = new Map<string, string>()
    const bot = telegram.addBot()
    await ensureWebhook(api, config, { store: map })
    await ensureWebhook(apiOf({ url: telegram.url, token: bot.token } as Simulator), config, { store: map })
    expect([...map.keys()]).toEqual([`hookgram:webhook:${telegram.bot.user.id}`, `hookgram:webhook:${bot.user.id}`])
    expect(JSON.stringify([...map])).not.toMatch(new RegExp(`s3cret|${bot.token.slice(-20)}`))
  })

  test("without a store a new secret is not noticed, unless always is set", async () => {
    const { telegram, api } = await quick()
    await ensureWebhook(api, config)
    expect(await ensureWebhook(api, other)).toEqual({ changed: false, differences: [] })
    await aWhile()
    expect(await ensureWebhook(api, other, { always: true })).toEqual({ changed: true, differences: [] })
    expect(setCalls(telegram).at(-1)?.parameters).toMatchObject({ secret_token: "an0ther" })
  })

  test("always waits for its turn, and does not take another's setWebhook for its own", async () => {
    const { telegram, api } = await simulated()
    await ensureWebhook(api, config)
    expect(await ensureWebhook(api, other, { always: true })).toMatchObject({ changed: true })
    expect(setCalls(telegram).at(-1)).toMatchObject({
      parameters: { secret_token: "an0ther" },
      answer: { description: "Webhook was set" },
    })
  })

  test("a receiver that refuses Telegram with 401 has another secret: the webhook is set again", async () => {
    const { telegram, api } = await quick()
    const receiver = await receiverFor((request) =>
      request.head.includes("an0ther")
        ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        : "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
    )
    await ensureWebhook(api, { ...config, url: receiver.url })
    await telegram.user("Ana").send("Hola")
    await telegram.until(() => telegram.webhookInfo().last_error_message !== undefined)
    await aWhile()
    expect(await ensureWebhook(api, { ...other, url: receiver.url })).toEqual({
      changed: true,
      differences: ["hidden"],
    })
    await telegram.settled()
    expect(await ensureWebhook(api, { ...other, url: receiver.url })).toMatchObject({ changed: false })
  })
})
