import { expect, test } from "vitest"
import { type Answer, isSettled, said, START, startServer, URL_A, URL_B } from "./server.ts"

test.each([
  ["the URL", { url: "https://" }],
  ["the secret", { url: URL_B, secret_token: "a b" }],
  ["the address", { url: URL_B, ip_address: "here" }],
  ["the host", { url: "http://nowhere.example/" }],
])("when %s is bad, the old webhook is gone all the same, its updates stay (facts, 5.4)", async (_, parameters) => {
  const { call, clock, bot, message } = startServer({ lookup: async () => [] })
  await call("setWebhook", { url: URL_A })
  message()
  await clock.advance(1000)
  expect(await call("setWebhook", parameters)).toMatchObject({ ok: false, error_code: 400 })
  expect(bot.registration.info()).toEqual({ url: "", has_custom_certificate: false, pending_update_count: 1 })
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url: URL_A }))).toBe("Webhook was set")
})

test.each(["true", "True", " yes ", "1", true, 1])(
  "with drop_pending_updates %j the updates are gone even when it fails (facts, 5.1 and 5.4)",
  async (drop_pending_updates) => {
    const { call, bot, message } = startServer()
    message()
    expect(said(await call("setWebhook", { url: "https://", drop_pending_updates }))).toContain("400 ")
    expect(bot.updates.size).toBe(0)
  },
)

test.each(["", "false", "on", "2", false, null])(
  "with drop_pending_updates %j they stay (facts, 5.1)",
  async (drop_pending_updates) => {
    const { call, bot, message } = startServer()
    message()
    expect(said(await call("setWebhook", { url: URL_A, drop_pending_updates }))).toBe("Webhook was set")
    expect(bot.updates.size).toBe(1)
  },
)

test("one webhook a second, be it a good one or not: else 429; deleting is not limited (facts, 5.4)", async () => {
  const { call, clock, bot } = startServer()
  const limited: Answer = {
    ok: false,
    error_code: 429,
    description: "Too Many Requests: retry after 1",
    parameters: { retry_after: 1 },
  }
  expect(said(await call("setWebhook", { url: "https://" }))).toContain("invalid webhook URL")
  expect(await call("setWebhook", { url: URL_A })).toEqual(limited)
  await clock.advance(999)
  expect(await call("setWebhook", { url: URL_A })).toEqual(limited)
  await clock.advance(1)
  expect(said(await call("setWebhook", { url: URL_A }))).toBe("Webhook was set")
  expect(await call("setWebhook", { url: URL_A })).toEqual(limited)
  expect(await call("setWebhook", { url: "https://", drop_pending_updates: true })).toEqual(limited)
  expect(bot.registration.isSet).toBe(true)
  expect(said(await call("deleteWebhook"))).toBe("Webhook was deleted")
  expect(said(await call("setWebhook", { url: "" }))).toBe("Webhook is already deleted")
})

test("a long poll that waits is ended by a webhook, even by a bad one (facts, 5.4 and 7.3)", async () => {
  const { call } = startServer()
  const poll = call("getUpdates", { timeout: 50 })
  void call("setWebhook", { url: "https://" })
  expect(said(await poll)).toBe("409 Conflict: terminated by setWebhook request")
})

test("a long poll that waits is not ended when no webhook is deleted (facts, 5.4)", async () => {
  const { call, clock } = startServer()
  const poll = call("getUpdates", { timeout: 10 })
  await call("deleteWebhook")
  await call("setWebhook", { url: "" })
  expect(await isSettled(poll)).toBe(false)
  await clock.advance(10_000)
  expect(await poll).toEqual({ ok: true, result: [] })
  expect(clock.now()).toBe(START + 10_000)
})
