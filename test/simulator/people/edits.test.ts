import { expect, test } from "vitest"
import { call, curiousTelegram, newest, waitingKinds } from "./telegram.ts"

const like = { inline_keyboard: [[{ text: "Like", callback_data: "like" }]] }

test("an edited text has its own entities, and none of the old one", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const message = await ana.send("Hello @somebody")
  expect(await ana.edit(message, "Hello")).not.toHaveProperty("entities")
  expect(newest(telegram.bot, "edited_message")).not.toHaveProperty("entities")
})

test("a text in the place of a photo's is its caption; another file takes the place of the file alone", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const message = await ana.send({ photo: Buffer.from("x"), caption: "#one" })
  const edited = await ana.edit(message, "two")
  expect(edited).toMatchObject({ photo: message.photo, caption: "two" })
  expect(edited).not.toHaveProperty("text")
  expect(edited).not.toHaveProperty("caption_entities")
  const replaced = await ana.edit(message, { video: Buffer.from("y") })
  expect(replaced).toMatchObject({ video: { file_size: 1 }, caption: "two" })
  expect(replaced).not.toHaveProperty("photo")
})

test("the fields of messages come in Telegram's order", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const first = await ana.send("One")
  const message = await ana.send({ text: "Two #two", reply_to: first, has_protected_content: true })
  const fields = ["message_id", "from", "chat", "date", "reply_to_message", "text", "entities", "has_protected_content"]
  expect(Object.keys(message)).toEqual(fields)
  expect(Object.keys(await ana.edit(message, "Two #three"))).toEqual([
    ...fields.slice(0, 4),
    "edit_date",
    ...fields.slice(4),
  ])
  const post = await telegram.channel("News").post("Extra")
  expect(Object.keys(post)).toEqual(["message_id", "sender_chat", "chat", "date", "text"])
})

test("a bot is not told of its own edit of a message that somebody sent by its inline mode", async () => {
  const telegram = await curiousTelegram()
  const other = telegram.addBot({ username: "other_bot" })
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { owner: ana, bots: [telegram.bot, other] })
  for (const here of [ana, ana.in(group)]) {
    const request = await here.inline("x")
    const result = { type: "article", id: "1", title: "T", input_message_content: { message_text: "Hi" } }
    const results = [{ ...result, reply_markup: like }]
    await call(telegram, "answerInlineQuery", { inline_query_id: request.inlineQuery.id, results })
    await request.choose(0)
    const { inline_message_id } = newest(telegram.bot, "chosen_inline_result")
    await call(telegram, "editMessageText", { inline_message_id, text: "Liked" })
    expect(here.messages.at(-1)?.text).toBe("Liked")
  }
  expect([...waitingKinds(telegram.bot), ...waitingKinds(other)]).not.toContain("edited_message")
})

test("what a bot edits in a channel is told to the other bots there, what people edit to all", async () => {
  const telegram = await curiousTelegram()
  const other = telegram.addBot({ username: "other_bot" })
  const news = telegram.channel("News", { bots: [telegram.bot, other] })
  const { message_id } = await news.post("Extra")
  await call(telegram, "editMessageText", { chat_id: news.id, message_id, text: "Extra!" })
  expect(waitingKinds(telegram.bot)).not.toContain("edited_channel_post")
  expect(newest(other, "edited_channel_post").text).toBe("Extra!")
  await news.edit(message_id, "Late edition")
  expect(newest(telegram.bot, "edited_channel_post").text).toBe("Late edition")
})

test("service messages and protected ones cannot be forwarded", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const group = telegram.group("Team", { owner: ana })
  await expect(ana.forward(await group.rename("Crew"))).rejects.toThrow("cannot be forwarded")
  const secret = await ana.send({ text: "Secret", has_protected_content: true })
  await expect(ana.in(group).forward(secret)).rejects.toThrow("cannot be forwarded")
})

test("an invoice that somebody sends by inline mode is paid with the payload of the bot", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const request = await ana.inline("book")
  const prices = [{ label: "Book", amount: 1250 }]
  const invoice = { title: "Book", description: "D", payload: "book-7", provider_token: "t", currency: "EUR", prices }
  const results = [{ type: "article", id: "1", title: "T", input_message_content: invoice }]
  await call(telegram, "answerInlineQuery", { inline_query_id: request.inlineQuery.id, results })
  const message = await request.choose(0)
  expect(message.reply_markup?.inline_keyboard).toEqual([[{ text: "Pay €12.50", pay: true }]])
  const paying = ana.pay(message)
  const { id, invoice_payload } = newest(telegram.bot, "pre_checkout_query")
  await call(telegram, "answerPreCheckoutQuery", { pre_checkout_query_id: id, ok: true })
  await paying
  expect(invoice_payload).toBe("book-7")
})
