import { expect, test } from "vitest"
import { receiverFor } from "../support/telegram.ts"
import { status, updateOf } from "../support/receiver.ts"
import { said, startServer, URL_A } from "./server.ts"

const MINUTE = 60_000

test("getMe tells who the bot is", async () => {
  const { call, bot } = startServer()
  expect(await call("getMe")).toEqual({ ok: true, result: { ...bot.user } })
})

test("close keeps webhook and updates; the next call loads them again, and delivers (facts, 8.6)", async () => {
  const receiver = await receiverFor()
  const { call, clock, bot, message } = startServer({ patience: 1000 })
  await call("setWebhook", { url: receiver.url, secret_token: "s" })
  expect(await call("close")).toEqual({ ok: true, result: true })
  const id = message()
  await clock.advance(MINUTE)
  expect(receiver.requests).toEqual([])
  expect(await call("getWebhookInfo")).toMatchObject({ result: { url: receiver.url, pending_update_count: 1 } })
  await clock.until(() => bot.updates.size === 0 || undefined, MINUTE)
  expect(receiver.requests.map((request) => updateOf(request).update_id)).toEqual([id])
  expect(receiver.requests[0]?.head).toContain("X-Telegram-Bot-Api-Secret-Token: s\r\n")
})

test("a bot that was closed cannot be closed again before it is loaded (facts, 8.6)", async () => {
  const { call } = startServer()
  await call("close")
  expect(said(await call("close"))).toBe("400 Bad Request: the bot has already been closed")
  expect(said(await call("CLOSE"))).toBe("400 Bad Request: the bot has already been closed")
  await call("getMe")
  expect(await call("close")).toEqual({ ok: true, result: true })
})

test("a bot cannot be closed in its first 10 minutes, if it was loaded 10 minutes after the server (facts, 8.6)", async () => {
  const { call, clock } = startServer()
  await clock.advance(10 * MINUTE)
  await call("close")
  await call("getMe")
  expect(await call("close")).toEqual({ ok: true, result: true })
  await clock.advance(1000)
  await call("getMe")
  await clock.advance(9 * MINUTE + 500)
  expect(await call("close")).toEqual({
    ok: false,
    error_code: 429,
    description: "Too Many Requests: retry after 59",
    parameters: { retry_after: 59 },
  })
  await clock.advance(MINUTE)
  expect(await call("close")).toEqual({ ok: true, result: true })
})

test("what went wrong before is forgotten when the bot is loaded again (facts, 3.7)", async () => {
  const receiver = await receiverFor(() => status(500))
  const { call, clock, bot, message } = startServer({ patience: 1000 })
  await call("setWebhook", { url: receiver.url })
  message()
  await clock.advance(1000)
  expect(bot.registration.info().last_error_message).toContain("500")
  await call("close")
  expect((await call("getWebhookInfo")).result).not.toHaveProperty("last_error_message")
})

test("after it is loaded again, a host is first looked up within 30 minutes (facts, 5.3)", async () => {
  const at: number[] = []
  const { call, clock } = startServer({
    lookup: async () => {
      at.push(clock.now())
      return ["127.0.0.1"]
    },
  })
  await call("setWebhook", { url: "http://bot.example:9/" })
  const waits: number[] = []
  for (let round = 0; round < 20; round++) {
    // Long enough that the address is not remembered any more.
    await clock.advance(30 * MINUTE)
    await call("close")
    await clock.advance(30 * MINUTE)
    await call("getMe")
    const loaded = clock.now()
    at.length = 0
    await clock.advance(30 * MINUTE)
    waits.push((at[0] ?? Infinity) - loaded)
  }
  expect(Math.max(...waits)).toBeLessThanOrEqual(30 * MINUTE)
  expect(Math.min(...waits)).toBeLessThan(10 * MINUTE)
})

test("logOut takes webhook and updates away, and from then on refuses all calls (facts, 8.4 and 8.6)", async () => {
  const { call, bot, message } = startServer()
  await call("setWebhook", { url: URL_A })
  message()
  expect(await call("logOut")).toEqual({ ok: true, result: true })
  for (const method of ["getMe", "getUpdates", "getWebhookInfo", "logOut", "close", "unknown"]) {
    expect(said(await call(method)), method).toBe("400 Logged out")
  }
  expect(said(await call("setWebhook", { url: URL_A }))).toBe("400 Logged out")
  expect(bot.registration.isSet).toBe(false)
  expect(bot.updates.size).toBe(0)
  expect(bot.emit("inline_query", { id: "1", from: { id: 5 } })).toBeUndefined()
})

test.each(["close", "logOut"])("%s answers the long poll that waits", async (method) => {
  const { call } = startServer()
  const poll = call("getUpdates", { timeout: 50 })
  await call(method)
  expect(await poll).toEqual({ ok: true, result: [] })
})

test.each([
  ["close", "500 Internal Server Error: restart"],
  ["logOut", "400 Logged out"],
])("%s ends a setWebhook that is being verified (facts, 8.4)", async (method, expected) => {
  const { call, bot } = startServer({ lookup: () => new Promise(() => {}) })
  const set = call("setWebhook", { url: "http://slow.example/" })
  await call(method)
  expect(said(await set)).toBe(expected)
  expect(bot.registration.isSet).toBe(false)
})
