import {
  type Api,
  type EnsureOptions,
  ensureWebhook,
  TelegramError,
  type WebhookConfig,
  type WebhookStore,
} from "@hookgram/api"
import { ApiError, type Simulator } from "@hookgram/simulator"
import { describe, expect, test } from "vitest"
import { receiverFor } from "../simulator/support/telegram.ts"
import { selfSigned } from "../simulator/support/certificate.ts"
import { apiOf, rejection, simulated } from "./server.ts"

const config: WebhookConfig = { url: "http://127.0.0.1:9/telegram", secretToken: "s3cret", local: true }

const setCalls = (telegram: Simulator) => telegram.calls.filter(({ method }) => method === "setWebhook")
/** What Telegram said to each of them. */
const said = (telegram: Simulator) => setCalls(telegram).map(({ answer }) => answer?.description)

/** Time goes a hundred times as fast, so that Telegram's one setWebhook per second is no hindrance. */
const quick = () => simulated({ speed: 100 })

/** A second of Telegram's time. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 20))

test("a webhook that is not set is set, with all there is, and after that left alone", async () => {
  const { telegram, api } = await quick()
  const all: WebhookConfig = {
    ...config,
    ipAddress: "127.0.0.1",
    maxConnections: 7,
    allowedUpdates: ["chat_member", "message"],
    certificate: selfSigned("127.0.0.1").cert,
  }
  expect(await ensureWebhook(api, all)).toEqual({ changed: true, differences: ["url"] })
  expect(telegram.webhookInfo()).toEqual({
    url: config.url,
    has_custom_certificate: true,
    pending_update_count: 0,
    max_connections: 7,
    ip_address: "127.0.0.1",
    allowed_updates: ["message", "chat_member"],
  })
  expect(setCalls(telegram)[0]?.parameters).toMatchObject({ secret_token: "s3cret" })
  expect(await ensureWebhook(api, all)).toEqual({ changed: false, differences: [] })
  expect(setCalls(telegram)).toHaveLength(1)
})

test("what is left out is not sent, or as Telegram's default", async () => {
  const { telegram, api } = await quick()
  await ensureWebhook(api, { ...config, secretToken: false })
  expect(setCalls(telegram)[0]?.parameters).toEqual({ url: config.url, max_connections: 40, allowed_updates: [] })
})

test.each<[string, Partial<WebhookConfig>, Partial<WebhookConfig>]>([
  ["url", {}, { url: "http://127.0.0.1:9/other" }],
  ["maxConnections", { maxConnections: 1 }, {}],
  ["maxConnections", {}, { maxConnections: 1 }],
  ["allowedUpdates", { allowedUpdates: ["message"] }, {}],
  ["allowedUpdates", {}, { allowedUpdates: ["message"] }],
  ["ipAddress", {}, { ipAddress: "127.0.0.2" }],
  ["certificate", {}, { certificate: selfSigned("127.0.0.1").cert }],
  ["certificate", { certificate: selfSigned("127.0.0.1").cert }, {}],
])("it is set again when %s differs, from %j to %j", async (name, before, after) => {
  const { telegram, api } = await quick()
  await ensureWebhook(api, { ...config, ...before })
  await aWhile()
  expect(await ensureWebhook(api, { ...config, ...after })).toEqual({ changed: true, differences: [name] })
  await aWhile()
  expect(await ensureWebhook(api, { ...config, ...after })).toMatchObject({ changed: false })
  expect(setCalls(telegram)).toHaveLength(2)
})

test("the order of kinds is no difference, nor a kind that only newer servers know", async () => {
  const { telegram, api } = await quick()
  const allowUnknownUpdates = true
  await ensureWebhook(api, { ...config, allowedUpdates: ["poll", "message", "thought"], allowUnknownUpdates })
  await ensureWebhook(api, { ...config, allowedUpdates: ["message", "thought", "poll"], allowUnknownUpdates })
  expect(setCalls(telegram)).toHaveLength(1)
})

test("wrong values fail before anything is sent: the old webhook stays (facts, 5.4)", async () => {
  const { telegram, api } = await quick()
  await ensureWebhook(api, config)
  const calls = telegram.calls.length
  expect(await rejection(ensureWebhook(api, { ...config, secretToken: "a b" }))).toMatchObject({
    code: "invalid_options",
  })
  expect(telegram.calls).toHaveLength(calls)
  expect(telegram.webhookInfo().url).toBe(config.url)
})

test("updates that wait stay, unless it is told otherwise and something differs", async () => {
  const { telegram, api } = await quick()
  await telegram.user("Ana").send("Hola")
  await ensureWebhook(api, config)
  expect(telegram.webhookInfo().pending_update_count).toBe(1)
  await ensureWebhook(api, { ...config, dropPendingUpdates: true })
  expect(telegram.webhookInfo().pending_update_count).toBe(1)
  await aWhile()
  await ensureWebhook(api, { ...config, maxConnections: 1, dropPendingUpdates: true })
  expect(telegram.webhookInfo().pending_update_count).toBe(0)
})

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

test("what Telegram refuses is explained: cause, what to do, and that the old webhook is gone", async () => {
  const { telegram, api } = await simulated({
    strict: true,
    lookup: async () => {
      throw new Error("Name or service not known")
    },
  })
  const error = await rejection(ensureWebhook(api, { url: "https://no.example.com/", secretToken: "x" }))
  expect(error).toMatchObject({ code: "webhook_refused", cause: { errorCode: 400 } })
  for (const part of ["Failed to resolve host: Name or service not known", "ipAddress", "is removed"]) {
    expect(error.message).toContain(part)
  }
  expect(setCalls(telegram)).toHaveLength(1)
})

test("a wrong token is said to be one", async () => {
  const { telegram } = await simulated({ strict: true })
  const api: Api = apiOf({ url: telegram.url, token: `1${telegram.token}` } as Simulator)
  expect(await rejection(ensureWebhook(api, config))).toMatchObject({ code: "api_error", errorCode: 401 })
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
