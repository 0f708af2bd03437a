import { expect, test } from "vitest"
import { type Answer, type Server, startServer, URL_A } from "./server.ts"

/** Calls `getUpdates`, not so soon after the last time that it would have to wait. */
async function allow({ call, clock }: Server, allowed_updates: unknown): Promise<Answer> {
  await clock.advance(3000)
  return call("getUpdates", { allowed_updates })
}

test.each([
  ["names, in Telegram's order", ["poll", "message"], ["message", "poll"]],
  ["any case", ["MESSAGE", "Chat_Member"], ["message", "chat_member"]],
  ["unknown names are ignored", ["message", "messages"], ["message"]],
  ["custom ones are not shown", ["custom_event", "message"], ["message"]],
  ["JSON as text", '["message"]', ["message"]],
  ["an empty list is the default", [], undefined],
  ["only unknown names are the default", ["messages"], undefined],
])("%s (facts, 5.5 and 6.1)", async (_, allowed_updates, shown) => {
  const server = startServer()
  await allow(server, ["inline_query"])
  await allow(server, allowed_updates)
  expect(server.bot.registration.info().allowed_updates).toEqual(shown)
})

test.each([undefined, "", "[", "null", null, {}, "message", 3, ["message", 3], ["message", null]])(
  "%j changes nothing (facts, 5.5)",
  async (allowed_updates) => {
    const server = startServer()
    await allow(server, ["inline_query"])
    await allow(server, allowed_updates)
    expect(server.bot.registration.info().allowed_updates).toEqual(["inline_query"])
  },
)

test("a list that names every default kind is not the default set, which has two more (facts, 6.1)", async () => {
  const { call, bot } = startServer()
  const all = [...bot.allowed].filter((name) => !name.startsWith("custom_"))
  await call("getUpdates", { allowed_updates: all })
  expect(bot.registration.info().allowed_updates).toEqual(all)
})

test("it is one setting for webhook and polling, and survives the webhook (facts, 5.4 and 5.5)", async () => {
  const { call, bot } = startServer()
  await call("setWebhook", { url: URL_A, allowed_updates: ["message", "poll"] })
  await call("deleteWebhook")
  expect(bot.registration.info().allowed_updates).toEqual(["message", "poll"])
  await call("getUpdates")
  expect(bot.registration.info().allowed_updates).toEqual(["message", "poll"])
})

test("a call that fails before its webhook is begun changes nothing, one that fails after it does (facts, 5.1)", async () => {
  const { call, bot, clock } = startServer()
  await call("setWebhook", { url: "https://", allowed_updates: ["poll"] })
  expect(bot.registration.info().allowed_updates).toBeUndefined()
  await clock.advance(1000)
  await call("setWebhook", { url: URL_A, ip_address: "here", allowed_updates: ["poll"] })
  expect(bot.registration.info().allowed_updates).toEqual(["poll"])
})

test("updates are filtered when they are created: what is stored stays, what was skipped does not come back, and took no id (facts, 5.5)", async () => {
  const server = startServer()
  const { bot, message } = server
  const first = message()
  await allow(server, ["poll"])
  expect(bot.emit("message", { message_id: 2, chat: { id: 7 }, date: 4_000_000_000 })).toBeUndefined()
  expect(bot.emit("poll", { id: "1" })).toBe(first + 1)
  const { result } = await allow(server, [])
  expect(result).toMatchObject([
    { update_id: first, message: { text: "hi" } },
    { update_id: first + 1, poll: {} },
  ])
})
