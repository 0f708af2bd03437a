import type { BotMessage } from "@hookgram/bot"
import { expect, test, vi } from "vitest"
import { asking } from "./asking.ts"
import { botAt, byWebhook } from "./live.ts"
import { callbackQuery, message, updateOf } from "./pretend.ts"

test("whoever pressed a button is asked, not the bot whose message it is", async () => {
  const { telegram, bot } = await botAt()
  const others: unknown[] = []
  bot.on.message("/menu", (event) =>
    event.answer({ text: "Menu", reply_markup: { inline_keyboard: [[{ text: "Rename", callback_data: "rename" }]] } }),
  )
  bot.on.message(/./, ({ text }) => void others.push(text))
  bot.on.callback_query(/^rename$/, async (query) => {
    await query.answer()
    const name = await query.message!.ask("New name?")
    await name.answer(`Now it is ${name.text}`)
  })
  await byWebhook()(bot, telegram)
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const group = telegram.group("Team", { members: [ana, ben] })
  await ana.in(group).send("/menu")
  await telegram.until(() => group.messages.some(({ text }) => text === "Menu"))
  await ben.in(group).press("Rename")
  await telegram.until(() => group.messages.some(({ text }) => text === "New name?"))
  await ana.in(group).send("Not me")
  await ben.in(group).send("Crew")
  await telegram.until(() => group.messages.some(({ text }) => text === "Now it is Crew"))
  expect(others).toEqual(["Not me"])
})

test("an answer from somebody else, from elsewhere, or by an edit is none", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  bot.on.message(({ text }) => void seen.push(`other: ${text}`))
  bot.on.business_message(({ text }) => void seen.push(`business: ${text}`))
  bot.on.edited_message(({ text }) => void seen.push(`edited: ${text}`))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  const { message: mine } = message("mine")
  await bot.handleUpdate(message("else", { from: { id: 8, is_bot: false, first_name: "Ben" } }))
  await bot.handleUpdate(message("where", { chat: { id: -5, type: "group", title: "Team" } }))
  await bot.handleUpdate(updateOf("business_message", { ...mine, business_connection_id: "b" }))
  await bot.handleUpdate(updateOf("edited_message", mine!))
  await bot.handleUpdate(message("this"))
  await handled
  expect(seen).toEqual(["other: else", "other: where", "business: mine", "edited: mine", "this"])
})

test("who writes in the name of a chat is asked as that chat", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  bot.on.message(({ text }) => void seen.push(`other: ${text}`))
  const from = { id: 1_087_968_824, is_bot: true, first_name: "Group" } // the same for all
  const chat = { id: -100, type: "supergroup" }
  const post = (text: string, sender = -100) => message(text, { from, chat, sender_chat: { id: sender } })
  const handled = bot.handleUpdate(post("/ask"))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  await bot.handleUpdate(post("no", -200))
  await bot.handleUpdate(post("yes"))
  await handled
  expect(seen).toEqual(["other: no", "yes"])
})

test("middleware sees an answer, and can keep it away", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.use(({ update }, next) => (update.message?.text === "spam" ? undefined : next()))
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  await bot.handleUpdate(message("spam"))
  await bot.handleUpdate(message("ham"))
  await handled
  expect(seen).toEqual(["ham"])
})

test("in a channel, whoever posts is asked, also where a button was pressed", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  const chat = { id: -100, type: "channel" }
  const post = (text: string) => ({ message_id: 1, date: 1, text, chat, sender_chat: chat })
  const noted = async (event: BotMessage) => void seen.push((await event.ask("?")).text)
  bot.on.channel_post("/ask", noted)
  bot.on.callback_query((query) => noted(query.message!))
  for (const ask of [updateOf("channel_post", post("/ask")), callbackQuery("ask", { message: post("Button") })]) {
    const handled = bot.handleUpdate(ask)
    await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
    await bot.handleUpdate(message("I am elsewhere"))
    await bot.handleUpdate(updateOf("channel_post", post(`answer ${seen.length}`)))
    await handled
  }
  expect(seen).toEqual(["answer 0", "answer 1"])
})

test("a pressed button is no answer, and goes to its handler", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  bot.on.callback_query(({ data }) => void seen.push(`pressed ${data}`))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  await bot.handleUpdate(callbackQuery("yes"))
  expect([seen, bot.openQuestions]).toEqual([["pressed yes"], 1])
  await bot.handleUpdate(message("no"))
  await handled
  expect(seen).toEqual(["pressed yes", "no"])
})

test("a bot that would not hear the answer is told so before it asks", async () => {
  const { bot, calls } = asking()
  bot.on.callback_query((query) => query.message!.ask("?", { timeout: 100 }))
  const inChannel = { message_id: 1, date: 1, chat: { id: -100, type: "channel" } }
  for (const [kind, query] of [
    ["message", callbackQuery("a")],
    ["channel_post", callbackQuery("a", { message: inChannel })],
    ["business_message", callbackQuery("a", { message: { ...inChannel, business_connection_id: "b" } })],
  ] as const) {
    const handled = bot.handleUpdate(query)
    await expect(handled).rejects.toMatchObject({ code: "invalid_options" })
    await expect(handled).rejects.toThrow(`bot.on.${kind}(`)
  }
  expect([calls, bot.openQuestions]).toEqual([[], 0])
  bot.on.message(() => {})
  await expect(bot.handleUpdate(callbackQuery("a"))).rejects.toMatchObject({ code: "ask_timeout" })
})

test("what was written before the question is no answer to it, however late it comes", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  bot.on.message(({ text }) => void seen.push(`other: ${text}`))
  const early = message("early")
  const ask = message("/ask")
  const handled = bot.handleUpdate(ask)
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  await bot.handleUpdate(early)
  await bot.handleUpdate(message("in time"))
  await handled
  expect(seen).toEqual(["other: early", "in time"])
})
