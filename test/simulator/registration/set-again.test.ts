import { expect, test } from "vitest"
import { receiverFor } from "../support/telegram.ts"
import { updateOf } from "../support/receiver.ts"
import { isSettled, said, startServer, URL_A, URL_B } from "./server.ts"

const same = { url: URL_A, max_connections: 7, ip_address: "127.0.0.1", secret_token: "s" }

test("the same webhook is already set; what is allowed changes silently (facts, 5.4)", async () => {
  const { callForText, call, clock, bot } = startServer()
  await call("setWebhook", same)
  await clock.advance(1000)
  const again = { ...same, allowed_updates: ["poll"], drop_pending_updates: false }
  expect(await callForText("setWebhook", again)).toBe(
    '{"ok":true,"result":true,"description":"Webhook is already set"}',
  )
  expect(bot.registration.info().allowed_updates).toEqual(["poll"])
})

test("with another number that is clamped to the same, it is already set (facts, 5.4)", async () => {
  const { call, clock } = startServer()
  await call("setWebhook", { ...same, max_connections: 200_000 })
  await clock.advance(1000)
  expect(said(await call("setWebhook", { ...same, max_connections: 100_000 }))).toBe("Webhook is already set")
})

test.each([
  ["another URL, if only by its case", { url: URL_A.replace("http", "HTTP") }],
  ["another limit", { max_connections: 8 }],
  ["another address", { ip_address: "127.0.0.2" }],
  ["no address", { ip_address: "" }],
  ["another secret", { secret_token: "t" }],
  ["drop_pending_updates", { drop_pending_updates: true }],
])("with %s it is set anew (facts, 5.4)", async (_, change) => {
  const { call, clock } = startServer()
  await call("setWebhook", same)
  await clock.advance(1000)
  expect(said(await call("setWebhook", { ...same, ...change }))).toBe("Webhook was set")
})

test("the last error stays when it is already set, and goes when it is set anew (facts, 3.7)", async () => {
  const { call, clock, bot, message } = startServer()
  await call("setWebhook", same)
  message()
  await clock.advance(1000)
  expect(bot.registration.info().last_error_message).toBe("Connection refused")
  expect(said(await call("setWebhook", same))).toBe("Webhook is already set")
  expect(bot.registration.info().last_error_message).toBe("Connection refused")
  bot.registration.pause()
  await clock.advance(1000)
  expect(said(await call("setWebhook", { ...same, secret_token: "t" }))).toBe("Webhook was set")
  expect(bot.registration.info()).not.toHaveProperty("last_error_message")
  expect(bot.registration.info()).not.toHaveProperty("last_error_date")
})

test("what is left out is forgotten, but for the kinds that are allowed (facts, 5.4)", async () => {
  const { call, clock, bot, message } = startServer({ patience: 1000 })
  const receiver = await receiverFor()
  await call("setWebhook", { ...same, url: `${receiver.url}/1`, allowed_updates: ["message"] })
  await clock.advance(1000)
  await call("setWebhook", { url: receiver.url })
  expect(bot.registration.info()).toMatchObject({ max_connections: 100, allowed_updates: ["message"] })
  message()
  await clock.advance(1)
  expect(receiver.requests).toHaveLength(1)
  expect(receiver.requests[0]?.head).not.toContain("Secret")
})

test("what is in flight is cut, and delivered again to the new URL as if for the first time (facts, 5.4)", async () => {
  const { call, clock, bot, world, message } = startServer({ patience: 1000 })
  const [old, young] = [await receiverFor(() => undefined), await receiverFor()]
  await call("setWebhook", { url: old.url })
  const id = message()
  await clock.advance(1000)
  expect(old.requests.map((request) => updateOf(request).update_id)).toEqual([id])
  await call("setWebhook", { url: young.url })
  await clock.until(() => (bot.updates.size === 0 && old.open.size === 0) || undefined, 1000)
  expect(old.open.size).toBe(0)
  expect(young.requests.map((request) => updateOf(request).update_id)).toEqual([id])
  expect(world.journal.deliveries.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    [1, "cut"],
    [1, "delivered"],
  ])
})

test("a setWebhook that is overtaken while it is verified gets 409, at once (facts, 5.4)", async () => {
  const answers = new Map<string, (addresses: string[]) => void>()
  const { call, clock, bot } = startServer({
    lookup: (host) => new Promise((resolve) => void answers.set(host, resolve)),
  })
  const first = call("setWebhook", { url: "http://first.example:9/" })
  expect(bot.registration.info()).toMatchObject({ url: "http://first.example:9/", ip_address: "<unknown>" })
  expect(said(await call("setWebhook", { url: URL_A }))).toContain("429 ")
  expect(await isSettled(first)).toBe(false)
  // A time limit for the look-up that never ends: the clock does not stand still for it for ever.
  await clock.advance(1000)
  const second = call("setWebhook", { url: "http://second.example:9/" })
  expect(said(await first)).toBe("409 Conflict: terminated by other setWebhook")
  answers.get("first.example")?.(["127.0.0.1"])
  expect(await isSettled(second)).toBe(false)
  answers.get("second.example")?.(["127.0.0.1"])
  expect(said(await second)).toBe("Webhook was set")
  expect(bot.registration.info().url).toBe("http://second.example:9/")
})

test("one that was overtaken never delivers, when its host is found at last (facts, 5.4)", async () => {
  const receiver = await receiverFor()
  let answer: (addresses: string[]) => void = () => {}
  const lookup = () => new Promise<string[]>((resolve) => (answer = resolve))
  const { call, clock, message } = startServer({ lookup })
  const first = call("setWebhook", { url: `http://first.example:${receiver.port}/` })
  await call("deleteWebhook")
  await first
  answer(["127.0.0.1"])
  message()
  await clock.advance(1000)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(receiver.connections).toBe(0)
})

test("one that was overtaken takes nothing with it, when its host is not found at last (facts, 5.4)", async () => {
  let fail: (error: Error) => void = () => {}
  const { call, clock, bot } = startServer({ lookup: () => new Promise((_, reject) => (fail = reject)) })
  const first = call("setWebhook", { url: "http://first.example:9/" })
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url: URL_A }))).toBe("Webhook was set")
  fail(new Error("Not found"))
  expect(said(await first)).toBe("409 Conflict: terminated by other setWebhook")
  await clock.advance(1)
  expect(bot.registration.info().url).toBe(URL_A)
})

test("a deleteWebhook overtakes it too, and deletes it (facts, 5.4)", async () => {
  const { call, bot } = startServer({ lookup: () => new Promise(() => {}) })
  const first = call("setWebhook", { url: "http://first.example:9/" })
  expect(said(await call("deleteWebhook"))).toBe("Webhook was deleted")
  expect(said(await first)).toBe("409 Conflict: terminated by other setWebhook")
  expect(bot.registration.isSet).toBe(false)
})

test("setting the same again while it is verified sets it anew (facts, 5.4)", async () => {
  let answer: (addresses: string[]) => void = () => {}
  const { call, clock } = startServer({ lookup: () => new Promise((resolve) => (answer = resolve)) })
  const first = call("setWebhook", { url: "http://first.example:9/" })
  await clock.advance(1000)
  const second = call("setWebhook", { url: "http://first.example:9/" })
  expect(said(await first)).toBe("409 Conflict: terminated by other setWebhook")
  answer(["127.0.0.1"])
  expect(said(await second)).toBe("Webhook was set")
})

test("getUpdates is in conflict with a webhook already while it is verified (facts, 7.3)", async () => {
  const { call } = startServer({ lookup: () => new Promise(() => {}) })
  void call("setWebhook", { url: "http://first.example:9/" })
  expect(said(await call("getUpdates"))).toBe(
    "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  )
})

test("a webhook of one bot is nothing to another", async () => {
  const { call, world } = startServer()
  const other = world.addBot("987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
  await call("setWebhook", { url: URL_B })
  expect(other.registration.isSet).toBe(false)
})
