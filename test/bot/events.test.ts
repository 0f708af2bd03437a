import { inspect } from "node:util"
import { Bot } from "@hookgram/bot"
import { type Api, createApi } from "@hookgram/api"
import { expect, expectTypeOf, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { callbackQuery, message, pretendApi } from "./pretend.ts"

test("answer and reply send to the message's chat, with whatever else is given", async () => {
  const { api, calls } = pretendApi()
  const bot = new Bot(api)
  bot.on.message(async (event) => {
    await event.answer("one")
    await event.reply("two")
    await event.answer({ text: "<b>three</b>", parse_mode: "HTML" })
    await event.reply({ text: "four", reply_parameters: { message_id: 1 } })
  })
  await bot.handleUpdate(message("hi"))
  expect(calls).toEqual([
    { method: "sendMessage", parameters: { chat_id: 7, text: "one" } },
    { method: "sendMessage", parameters: { chat_id: 7, text: "two", reply_parameters: { message_id: 5 } } },
    { method: "sendMessage", parameters: { chat_id: 7, text: "<b>three</b>", parse_mode: "HTML" } },
    { method: "sendMessage", parameters: { chat_id: 7, text: "four", reply_parameters: { message_id: 1 } } },
  ])
})

test("an answer stays in the topic, the business connection and the direct messages of the message", async () => {
  const { api, calls } = pretendApi()
  const bot = new Bot(api)
  bot.on.message((event) => event.answer("hi"))
  await bot.handleUpdate(message("a", { is_topic_message: true, message_thread_id: 3 }))
  await bot.handleUpdate(message("b", { message_thread_id: 3 })) // a thread of replies is no topic
  await bot.handleUpdate(message("c", { business_connection_id: "b1" }))
  await bot.handleUpdate(message("d", { direct_messages_topic: { topic_id: 9 } }))
  expect(calls.map(({ parameters }) => parameters)).toEqual([
    { chat_id: 7, text: "hi", message_thread_id: 3 },
    { chat_id: 7, text: "hi" },
    { chat_id: 7, text: "hi", business_connection_id: "b1" },
    { chat_id: 7, text: "hi", direct_messages_topic_id: 9 },
  ])
})

test("a callback query is answered, and so is the chat of its message", async () => {
  const { api, calls } = pretendApi()
  const bot = new Bot(api)
  bot.on.callback_query(async (query) => {
    await query.answer()
    await query.answer("Done")
    await query.answer({ text: "Sorry", show_alert: true })
    await query.message?.answer("There you are")
  })
  await bot.handleUpdate(callbackQuery("a"))
  expect(calls).toEqual([
    { method: "answerCallbackQuery", parameters: { callback_query_id: "123" } },
    { method: "answerCallbackQuery", parameters: { callback_query_id: "123", text: "Done" } },
    { method: "answerCallbackQuery", parameters: { callback_query_id: "123", text: "Sorry", show_alert: true } },
    { method: "sendMessage", parameters: { chat_id: 7, text: "There you are" } },
  ])
})

test("a button of an inline message has no chat", async () => {
  const { api } = pretendApi()
  const bot = new Bot(api)
  const seen: unknown[] = []
  bot.on.callback_query((query) => void seen.push(query.message, query.inline_message_id))
  await bot.handleUpdate(callbackQuery("a", { message: undefined, inline_message_id: "x" }))
  expect(seen).toEqual([undefined, "x"])
})

test("events print as Telegram's objects, and the update is left as it was", async () => {
  const { api } = pretendApi()
  const bot = new Bot(api)
  const seen: unknown[] = []
  bot.on.message((event, { update }) => void seen.push(event, update))
  bot.on.callback_query((event, { update }) => void seen.push(event, update))
  const updates = [recordedUpdate("message-59-text-hello"), callbackQuery("a")]
  const before = structuredClone(updates)
  for (const update of updates) await bot.handleUpdate(update)
  const [first, firstUpdate, second] = seen
  expect(JSON.stringify(first)).toBe(JSON.stringify(before[0]!.message))
  expect(JSON.stringify(second)).toBe(JSON.stringify(before[1]!.callback_query))
  expect(firstUpdate).toBe(updates[0])
  expect(updates).toEqual(before)
  expect(Object.keys(updates[0]!.message!)).toEqual(Object.keys(before[0]!.message!))
})

test("a handler gets what the webhook says of the update, which may be taken apart", async () => {
  const { api } = pretendApi()
  const bot = new Bot(api)
  const [signal, closing] = [new AbortController().signal, new AbortController().signal]
  const seen: unknown[] = []
  const given = { attempt: 3, signal, closing, deadline: 5, detach: () => void seen.push("detached") }
  const update = message("hi")
  bot.on.message((_, { attempt, deadline, detach, ...rest }) => {
    detach()
    seen.push(attempt, deadline, rest.update, rest.api === api)
  })
  bot.use((context, next) => {
    seen.push(context.signal === signal, context.closing === closing)
    return next()
  })
  await bot.handleUpdate(update, given)
  expect(seen).toEqual([true, true, "detached", 3, 5, update, true])
})

test("neither the bot nor a context shows the token", async () => {
  const token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
  const bot = new Bot(token)
  const seen: unknown[] = [bot]
  bot.on.message((...parameters) => void seen.push(...parameters))
  await bot.handleUpdate(message("hi"))
  expect(seen).toHaveLength(3)
  expect(inspect(seen, { depth: 9, showHidden: true })).not.toContain("AAHdqTcv")
})

test("the types are those of the kind and of the filter", () => {
  const bot = new Bot(createApi("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"))
  bot.on.message("/start", (event, context) => {
    expectTypeOf(event.from.id).toBeNumber()
    expectTypeOf(context.args).toBeString()
    expectTypeOf(context.api).toEqualTypeOf<Api>()
  })
  bot.on.callback_query(/a/, (query, { match }) => {
    expectTypeOf(query.answer).returns.resolves.toEqualTypeOf<true>()
    expectTypeOf(match).toEqualTypeOf<RegExpExecArray>()
  })
  bot.on.message(
    (event): event is typeof event & { text: string } => event.text !== undefined,
    (event) => expectTypeOf(event.text).toBeString(),
  )
  bot.on.inline_query((query, context) => {
    expectTypeOf(query.query).toBeString()
    expectTypeOf(context).not.toHaveProperty("match")
  })
  // @ts-expect-error -- a poll has no text
  expect(() => bot.on.poll(/a/, () => {})).toThrow(/no text/)
  // @ts-expect-error -- a callback query has no commands
  expect(() => bot.on.callback_query("/start", () => {})).toThrow(/no commands/)
  expectTypeOf(bot.on).not.toHaveProperty("mesage")
})
