import type { InlineQueryResult } from "@grammyjs/types"
import type { Simulator } from "@hookgram/simulator"
import { expect, test } from "vitest"
import { call, curiousTelegram, impatient, newest, waitingKinds } from "./telegram.ts"

test("where a query was made is told by chat_type", async () => {
  const telegram = await curiousTelegram()
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const group = telegram.group("Team", { members: [ana] })
  expect((await ana.inline("a")).inlineQuery.chat_type).toBe("sender")
  expect((await ana.in(group).inline("b")).inlineQuery.chat_type).toBe("supergroup")
  expect((await ana.to(ben).inline("c")).inlineQuery.chat_type).toBe("private")
})

test("a chosen result is sent via the bot; only one with buttons can be edited by it", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const ben = telegram.user("Ben")
  const request = await ana.to(ben).inline("greet")
  const markup = { inline_keyboard: [[{ text: "Wave", callback_data: "w" }]] }
  await answer(telegram, request.inlineQuery.id, [
    {
      type: "article",
      id: "plain",
      title: "P",
      input_message_content: { message_text: "<b>Hi</b>", parse_mode: "HTML" },
    },
    { ...article("rich", "Hello"), reply_markup: markup },
  ])
  expect((await request.answered()).results.map(({ id }) => id)).toEqual(["plain", "rich"])
  const plain = await request.choose("plain")
  expect(plain).toMatchObject({ via_bot: { id: telegram.bot.id }, text: "Hi", entities: [{ type: "bold" }] })
  expect(newest(telegram.bot, "chosen_inline_result")).toEqual({ from: ana.user, query: "greet", result_id: "plain" })
  await request.choose(1)
  const { inline_message_id } = newest(telegram.bot, "chosen_inline_result")
  await ben.to(ana).press("Wave")
  const query = newest(telegram.bot, "callback_query")
  expect(query).toMatchObject({ inline_message_id, data: "w", from: ben.user })
  expect(query).not.toHaveProperty("message")
  await call(telegram, "editMessageText", { inline_message_id, text: "Edited" })
  expect(ben.to(ana).messages.at(-1)?.text).toBe("Edited")
  expect(waitingKinds(telegram.bot)).not.toContain("message")
})

test("what a result becomes", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const sent = await ana.send({ photo: Buffer.from("JPEG") })
  const place = { latitude: 1, longitude: 2, title: "Bar" }
  const results: InlineQueryResult[] = [
    { type: "photo", id: "0", photo_url: "https://e.org/a.jpg", thumbnail_url: "https://e.org/t.jpg", caption: "A" },
    { type: "photo", id: "1", photo_file_id: sent.photo?.at(-1)?.file_id ?? "" },
    { type: "gif", id: "2", gif_url: "https://e.org/a.gif", thumbnail_url: "https://e.org/t.jpg" },
    { type: "document", id: "3", title: "D", document_url: "https://e.org/a.pdf", mime_type: "application/pdf" },
    { type: "location", id: "4", ...place, live_period: 60 },
    { type: "venue", id: "5", ...place, address: "Street" },
    { type: "contact", id: "6", phone_number: "+999", first_name: "Cem" },
    { type: "game", id: "7", game_short_name: "chess" },
  ]
  const request = await ana.inline("all")
  await answer(telegram, request.inlineQuery.id, results)
  const messages = await Promise.all(results.map((_, index) => request.choose(index)))
  expect(messages[0]).toMatchObject({ caption: "A", photo: expect.any(Array) })
  expect(messages[1]?.photo).toEqual(sent.photo)
  expect(messages[2]).toMatchObject({ animation: { file_id: expect.any(String) } })
  expect(messages[3]).toMatchObject({ document: { mime_type: "application/pdf" } })
  expect(messages[4]?.location).toEqual({ latitude: 1, longitude: 2, live_period: 60 })
  expect(messages[5]?.venue).toEqual({ location: { latitude: 1, longitude: 2 }, title: "Bar", address: "Street" })
  expect(messages[6]?.contact).toEqual({ phone_number: "+999", first_name: "Cem" })
  expect(messages[7]?.game).toMatchObject({ title: "chess" })
})

test("a switch_inline_query_current_chat button makes a query", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await ana.start()
  const reply_markup = { inline_keyboard: [[{ text: "Find", switch_inline_query_current_chat: "cats" }]] }
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "?", reply_markup })
  const press = await ana.press("Find")
  expect(newest(telegram.bot, "inline_query")).toMatchObject({ query: "cats", id: press.inline?.inlineQuery.id })
  await answer(telegram, press.inline?.inlineQuery.id, [article("1", "Meow")])
  expect(await press.inline?.answered()).toMatchObject({ results: [{ id: "1" }] })
  expect(await press.answered()).toEqual({})
})

test("a query that is not answered", async () => {
  const telegram = await curiousTelegram(impatient)
  const request = await telegram.user("Ana").inline("q")
  await expect(request.choose(0)).rejects.toThrow('The inline query "q" was not answered.')
})

test("a query can go to another bot", async () => {
  const telegram = await curiousTelegram()
  const other = telegram.addBot({ username: "other_bot" })
  const ana = telegram.user("Ana")
  await ana.in(telegram.group("Team", { members: [ana] })).inline("q", { bot: other })
  expect(newest(other, "inline_query")).toMatchObject({ query: "q", chat_type: "supergroup" })
})

function article(id: string, message_text: string): InlineQueryResult {
  return { type: "article", id, title: "T", input_message_content: { message_text } }
}

function answer(
  telegram: Simulator,
  inline_query_id: string | undefined,
  results: InlineQueryResult[],
): Promise<unknown> {
  return call(telegram, "answerInlineQuery", { inline_query_id, results })
}
