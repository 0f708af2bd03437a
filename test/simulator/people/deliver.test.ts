import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { personById } from "../../../packages/simulator/src/people/accounts.ts"
import { kindNames } from "../../../packages/simulator/src/updates/kinds.ts"
import { call, curiousTelegram, newest, waiting } from "./telegram.ts"

const folder = new URL("../../fixtures/updates/", import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith(".json"))
const known = files.filter((name) => kindNames.includes(name.replace(/-.*/, "")))

test("every recorded update comes in with its bytes as they are, whatever it holds", async () => {
  const telegram = await curiousTelegram({ start: new Date(0) })
  for (const name of known) {
    const bytes = readFileSync(new URL(name, folder))
    const updateId = telegram.deliver(bytes, { keepDates: true })
    const stored = telegram.bot.updates.from(updateId ?? 0, 1)[0]
    expect([stored?.id, stored?.kind], name).toEqual([updateId, name.replace(/-.*/, "")])
    expect(bytes.toString("latin1"), name).toContain(stored?.text)
  }
})

test("every recorded update comes in as if it happened now, under an id of its own", async () => {
  const telegram = await curiousTelegram()
  const first = telegram.bot.updates.nextId
  const ids = known.map((name) => telegram.deliver(readFileSync(new URL(name, folder), "utf8")))
  expect(ids).toEqual(known.map((_, index) => first + index))
})

test("all dates move by as much, so that they keep their order; zeros and texts stay", async () => {
  const telegram = await curiousTelegram()
  const now = Math.floor(telegram.now / 1000)
  const from = { id: 5, is_bot: false, first_name: "Ana" }
  const chat = { id: 5, type: "private", first_name: "Ana" }
  const reply_to_message = { message_id: 1, from, chat, date: 900, text: 'say "date": 3' }
  telegram.deliver({
    message: { message_id: 2, from, chat, date: 1000, edit_date: 1060, until_date: 0, reply_to_message },
  })
  expect(newest(telegram.bot, "message")).toMatchObject({
    date: now - 60,
    edit_date: now,
    until_date: 0,
    reply_to_message: { date: now - 160, text: 'say "date": 3' },
  })
})

test("old updates are lost if they keep their dates (facts, 7.4)", async () => {
  const telegram = await curiousTelegram()
  const chat = { id: 5, type: "private", first_name: "Ana" }
  expect(
    telegram.deliver({ message: { message_id: 2, chat, date: 1000, text: "Hi" } }, { keepDates: true }),
  ).toBeUndefined()
})

test("the bot can answer a recorded message, and its ids go on from there", async () => {
  const telegram = await curiousTelegram()
  const from = { id: 5, is_bot: false, first_name: "Ana" }
  const chat = { id: 5, type: "private", first_name: "Ana" }
  telegram.deliver({ message: { message_id: 41, from, chat, date: 1000, text: "Hi" } })
  const reply_parameters = { message_id: 41 }
  expect(await call(telegram, "sendMessage", { chat_id: 5, text: "Hello", reply_parameters })).toMatchObject({
    message_id: 42,
    reply_to_message: { text: "Hi" },
  })
})

test("the bot can answer in a recorded group, edit a recorded message of its own, and answer a recorded press", async () => {
  const telegram = await curiousTelegram()
  const from = { id: 5, is_bot: false, first_name: "Ana" }
  const chat = { id: -100_5, type: "group", title: "Team" }
  const message = { message_id: 7, from: { ...telegram.bot.user }, chat, date: 1000, text: "Sure?" }
  telegram.deliver({ callback_query: { id: "77", from, message, chat_instance: "1", data: "yes" } })
  await call(telegram, "answerCallbackQuery", { callback_query_id: "77" })
  await call(telegram, "editMessageText", { chat_id: chat.id, message_id: 7, text: "Sure." })
  expect((await call(telegram, "sendMessage", { chat_id: chat.id, text: "Done" })).message_id).toBe(8)
})

test("JSON text may hold any characters, and the kind is found wherever it stands", async () => {
  const telegram = await curiousTelegram()
  telegram.deliver('{"extra":{"a":1}, "poll" : {"id":"1","question":"Чай? 🍵\\u0416"} ,"update_id":3}')
  expect(waiting(telegram.bot)).toEqual([["poll", { id: "1", question: "Чай? 🍵Ж" }]])
})

test("kinds that the bot does not want use up no id (facts, 5.5)", async () => {
  const telegram = await curiousTelegram()
  telegram.bot.allowed = new Set(["message"])
  expect(telegram.deliver({ poll: { id: "1" } })).toBeUndefined()
})

test.each(["{}", "[]", "nonsense", '{"message":1}', ""])("what is no update is refused: %j", async (text) => {
  const telegram = await curiousTelegram()
  expect(() => telegram.deliver(text)).toThrow(TypeError)
})

test("a recorded change of the bot's status holds from then on", async () => {
  const telegram = await curiousTelegram()
  const chat = { id: -1_001_234_567_890, type: "supergroup", title: "Team" }
  const from = { id: 5, is_bot: false, first_name: "Ana" }
  const user = { id: 1, is_bot: true, first_name: "Recorded" }
  const [old_chat_member, new_chat_member] = [
    { user, status: "member" },
    { user, status: "kicked", until_date: 0 },
  ]
  telegram.deliver({ my_chat_member: { chat, from, date: 1000, old_chat_member, new_chat_member } })
  const writing = call(telegram, "sendMessage", { chat_id: chat.id, text: "Hi" })
  await expect(writing).rejects.toThrow("Forbidden: bot was kicked from the supergroup chat")
})

test("the bot can answer in a recorded business connection, and people who were recorded can go on writing", async () => {
  const telegram = await curiousTelegram()
  const user = { id: 6, is_bot: false, first_name: "Zoya" }
  const from = { id: 5, is_bot: false, first_name: "Ana" }
  telegram.deliver({
    business_connection: { id: "c", user, user_chat_id: 6, date: 1000, is_enabled: true, rights: {} },
  })
  const chat = { id: 5, type: "private", first_name: "Ana" }
  telegram.deliver({
    business_message: { business_connection_id: "c", message_id: 8, from, chat, date: 1000, text: "Hi" },
  })
  const answer = await call(telegram, "sendMessage", { business_connection_id: "c", chat_id: 5, text: "Hello" })
  expect(answer).toMatchObject({ business_connection_id: "c", from: { id: 6 } })
  const [ana, zoya] = [personById(telegram.world, 5), personById(telegram.world, 6)]
  if (!ana || !zoya) throw new Error("Nobody was registered")
  await ana.to(zoya).send("Thanks")
  expect(newest(telegram.bot, "business_message")).toMatchObject({ business_connection_id: "c", from, text: "Thanks" })
})
