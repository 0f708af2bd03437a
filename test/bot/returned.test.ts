import { Bot } from "@hookgram/bot"
import { expect, test } from "vitest"
import { botAt, ways } from "./live.ts"
import { message, pretendApi } from "./pretend.ts"

const hello = { method: "sendMessage", chat_id: 7, text: "Hello" }
const { method, ...parameters } = hello

test("a call that a handler returns as data is made", async () => {
  const { api, calls } = pretendApi()
  const bot = new Bot(api)
  bot.on.message(async () => hello)
  expect(await bot.handleUpdate(message("hi"))).toBeUndefined()
  expect(calls).toEqual([{ method, parameters }])
})

test("with webhookReply it is the reply", async () => {
  const { api, calls } = pretendApi()
  const bot = new Bot(api, { webhookReply: true })
  bot.on.message(async () => hello)
  const { signal } = new AbortController()
  const context = { attempt: 1, signal, closing: signal, deadline: Date.now() + 5000, detach: () => {} }
  expect(await bot.handleUpdate(message("hi"), context)).toEqual(hello)
  expect(calls).toEqual([])
  expect(await bot.handleUpdate(message("hi"))).toBeUndefined()
  expect(calls).toEqual([{ method, parameters }])
})

test("when it fails, so does the update", async () => {
  const { api } = pretendApi(() => Promise.reject(new Error("refused")))
  const bot = new Bot(api)
  bot.on.message(() => hello)
  await expect(bot.handleUpdate(message("hi"))).rejects.toThrow("refused")
})

test("what else is returned is of no interest", async () => {
  const { api, calls } = pretendApi(() => ({ message_id: 1, text: "Hello" }))
  const bot = new Bot(api)
  const values = [1, "sendMessage", null, [hello], { method: 1 }]
  bot.on.message(/^\d$/, (_, { match }) => values[Number(match[0])])
  bot.on.message(async (event) => event.answer("Hello"))
  for (const index of values.keys()) expect(await bot.handleUpdate(message(String(index)))).toBeUndefined()
  expect(calls).toEqual([])
  expect(await bot.handleUpdate(message("answer"))).toBeUndefined()
  expect(calls).toHaveLength(1)
})

test.each(Object.entries(ways))("%s, it arrives once", async (_, start) => {
  for (const webhookReply of [true, false]) {
    const { telegram, bot } = await botAt({ webhookReply })
    bot.on.message(({ chat, text }) => ({ method: "sendMessage", chat_id: chat.id, text }))
    await start(bot, telegram)
    const ana = telegram.user("Ana")
    for (const text of ["a", "b"]) {
      await ana.send(text)
      expect((await ana.nextReply()).text).toBe(text)
    }
    await telegram.until(() => telegram.bot.updates.size === 0)
    expect(telegram.calls.filter((call) => call.method.toLowerCase() === "sendmessage")).toHaveLength(2)
  }
})
