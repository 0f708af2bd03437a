import { type EnsureOptions, ensureWebhook, TelegramError, type WebhookStore } from "@hookgram/api"
import { ApiError, type Simulator } from "@hookgram/simulator"
import { describe, expect, test } from "vitest"
import { config, quick, said, setCalls } from "./registering.ts"
import { apiOf, rejection, simulated } from "./server.ts"

test("a refusal with 401 that Telegram still shows counts once: who is put off takes it that another has set it", async () => {
  const info = { url: config.url, has_custom_certificate: false, pending_update_count: 0, max_connections: 40 }
  let asked = 0
  const api = {
    getMe: async () => ({ id: 1 }) as never,
    getWebhookInfo: async () => ({ ...info, last_error_message: "Wrong response from the webhook: 401 Unauthorized" }),
    setWebhook: async () => {
      asked += 1
      throw new TelegramError("setWebhook", 429, "Too Many Requests: retry after 0", { retry_after: 0 })
    },
  }
  expect(await ensureWebhook(api, config)).toEqual({ changed: false, differences: [] })
  expect(asked).toBe(1)
})

describe("when Telegram puts it off", () => {
  const refusal = (code: number, text: string, parameters?: { retry_after: number }) => ({
    method: "setWebhook",
    error: new ApiError(code, text, parameters),
  })

  test.each([
    ["429", refusal(429, "Too Many Requests: retry after 1", { retry_after: 1 })],
    ["409", refusal(409, "Conflict: terminated by other setWebhook")],
    ["500", refusal(500, "Internal Server Error: restart")],
  ])("with %s, it looks again and sets it then", async (_, one) => {
    const { telegram, api } = await quick()
    telegram.refuse(one)
    expect(await ensureWebhook(api, config)).toEqual({ changed: true, differences: ["url"] })
    expect(setCalls(telegram)).toHaveLength(2)
    expect(telegram.webhookInfo().url).toBe(config.url)
  })

  test("it gives up after its time, with Telegram's words", async () => {
    const { telegram, api } = await quick()
    telegram.refuse(refusal(429, "Too Many Requests: retry after 5", { retry_after: 5 }))
    expect(await rejection(ensureWebhook(api, config, { timeout: 1000 }))).toMatchObject({ errorCode: 429 })
  })

  test("a signal ends the wait", async () => {
    const { telegram, api } = await quick()
    telegram.refuse(refusal(429, "Too Many Requests: retry after 50", { retry_after: 50 }))
    const reason = new Error("enough")
    const controller = new AbortController()
    const ensuring = rejection(ensureWebhook(api, config, { signal: controller.signal }))
    setTimeout(() => controller.abort(reason), 100)
    expect(await ensuring).toBe(reason)
  })
})

describe("twenty at once", () => {
  /** Each has a client of its own. */
  const twenty = (telegram: Simulator, options?: EnsureOptions) =>
    Promise.all(Array.from({ length: 20 }, () => ensureWebhook(apiOf(telegram), config, options)))

  test("one sets it; Telegram puts the others off, and they find it set", async () => {
    const { telegram } = await simulated()
    const results = await twenty(telegram)
    expect(results.some(({ changed }) => changed)).toBe(true)
    expect(said(telegram).filter((text) => text === "Webhook was set")).toHaveLength(1)
    expect(telegram.webhookInfo().url).toBe(config.url)
  })

  test("with a store that locks, one asks", async () => {
    const { telegram } = await simulated()
    const map = new Map<string, string>()
    const locks = new Set<string>()
    const lock = (key: string) => !locks.has(key) && locks.add(key) !== undefined
    const store: WebhookStore = {
      get: async (key) => map.get(key),
      set: async (key, value) => map.set(key, value),
      lock,
    }
    const results = await twenty(telegram, { store })
    expect(results.filter(({ changed }) => changed)).toHaveLength(1)
    expect(setCalls(telegram)).toHaveLength(1)
  })

  test("when it is set, nobody does", async () => {
    const { telegram, api } = await simulated()
    await ensureWebhook(api, config)
    await twenty(telegram)
    expect(setCalls(telegram)).toHaveLength(1)
  })

  test("a lock whose holder fails is not waited for longer than it is told", async () => {
    const { api } = await simulated()
    const store: WebhookStore = { get: () => null, set: () => {}, lock: () => false }
    const error = await rejection(ensureWebhook(api, config, { store, timeout: 500 }))
    expect(error).toMatchObject({ code: "webhook_refused" })
    expect(error.message).toContain("Another process holds the lock")
  })
})
