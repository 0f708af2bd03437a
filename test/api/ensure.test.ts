import { type Api, ensureWebhook, type WebhookConfig } from "@hookgram/api"
import type { Simulator } from "@hookgram/simulator"
import { expect, test } from "vitest"
import { selfSigned } from "../support/certificates.ts"
import { OK } from "../simulator/support/receiver.ts"
import { receiverFor } from "../simulator/support/telegram.ts"
import { aWhile, config, quick, setCalls } from "./registering.ts"
import { apiOf, rejection, simulated } from "./server.ts"

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

test("whatever differs, the secret and the certificate are sent again: Telegram remembers neither (facts, 5.4)", async () => {
  const { telegram, api } = await quick()
  const { cert } = selfSigned("127.0.0.1")
  await ensureWebhook(api, { ...config, certificate: cert })
  await aWhile()
  const after = { ...config, certificate: cert, maxConnections: 7 }
  expect(await ensureWebhook(api, after)).toEqual({ changed: true, differences: ["maxConnections"] })
  expect(setCalls(telegram).at(-1)).toMatchObject({ parameters: { secret_token: "s3cret" } })
  expect(telegram.webhookInfo()).toMatchObject({ has_custom_certificate: true, max_connections: 7 })
})

test("ipAddress is where Telegram connects to, whatever DNS says of the host", async () => {
  const { telegram, api } = await quick()
  const receiver = await receiverFor(() => OK)
  const { port } = new URL(receiver.url)
  await ensureWebhook(api, { ...config, url: `http://bot.invalid:${port}/`, ipAddress: "127.0.0.1" })
  await telegram.user("Ana").send("Hola")
  await telegram.settled()
  expect(receiver.requests[0]?.head).toContain(`Host: bot.invalid:${port}`)
})

test("deleteWebhook and getWebhookInfo are Telegram's, and what waits stays", async () => {
  const { telegram, api } = await quick()
  await ensureWebhook(api, config)
  await telegram.user("Ana").send("Hola")
  expect(await api.deleteWebhook()).toBe(true)
  expect(await api.getWebhookInfo()).toMatchObject({ url: "", pending_update_count: 1 })
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

test("a host with IPv6 addresses only is refused with the reason (facts, 5.1)", async () => {
  const { api } = await simulated({ strict: true, lookup: async () => ["2606:4700::1111"] })
  const error = await rejection(ensureWebhook(api, { url: "https://six.example.com/", secretToken: "x" }))
  expect(error).toMatchObject({ code: "webhook_refused" })
  for (const part of ["IPv6-only addresses are not allowed", "A record"]) expect(error.message).toContain(part)
})

test("a wrong token is said to be one", async () => {
  const { telegram } = await simulated({ strict: true })
  const api: Api = apiOf({ url: telegram.url, token: `1${telegram.token}` } as Simulator)
  expect(await rejection(ensureWebhook(api, config))).toMatchObject({ code: "api_error", errorCode: 401 })
})
