import { expect, test } from "vitest"
import { call, curiousTelegram, impatient, newest, waiting, waitingKinds } from "./telegram.ts"

const plans = { inline_keyboard: [[{ text: "Plan A", callback_data: "a" }], [{ text: "Docs", url: "https://e.org/" }]] }

test("a text becomes a message with the entities that Telegram finds", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana", { username: "ana", language_code: "es" })
  await ana.send("/start now")
  expect(newest(telegram.bot, "message")).toEqual({
    message_id: 1,
    from: { id: ana.id, is_bot: false, first_name: "Ana", username: "ana", language_code: "es" },
    chat: { id: ana.id, type: "private", first_name: "Ana", username: "ana" },
    date: Math.floor(telegram.now / 1000),
    text: "/start now",
    entities: [{ type: "bot_command", offset: 0, length: 6 }],
  })
})

test("send, press, next reply: a pressed message counts as taken", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const asked = await call(telegram, "sendMessage", { chat_id: ana.id, text: "Which?", reply_markup: plans })
  const press = await ana.press("Plan A")
  const query = newest(telegram.bot, "callback_query")
  expect(query).toMatchObject({
    from: ana.user,
    message: asked,
    data: "a",
    chat_instance: expect.stringMatching(/^-?\d+$/),
  })
  await call(telegram, "answerCallbackQuery", { callback_query_id: query.id, text: "Good", show_alert: true })
  expect(await press.answered()).toMatchObject({ text: "Good", show_alert: true })
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "Plan A it is" })
  expect((await ana.nextReply()).text).toBe("Plan A it is")
})

test("a press waits for its button, and finds it by its data too", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await ana.start()
  const pressing = ana.press("a")
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "Which?", reply_markup: plans })
  expect((await pressing).callbackQuery?.data).toBe("a")
})

test("the newest message with the button is pressed, unless another is named", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await ana.start()
  const first = await call(telegram, "sendMessage", { chat_id: ana.id, text: "1", reply_markup: plans })
  const second = await call(telegram, "sendMessage", { chat_id: ana.id, text: "2", reply_markup: plans })
  expect((await ana.press("Plan A")).callbackQuery?.message?.message_id).toBe(second.message_id)
  expect((await ana.press("Plan A", { message: first })).callbackQuery?.message?.message_id).toBe(first.message_id)
  await call(telegram, "deleteMessage", { chat_id: ana.id, message_id: second.message_id })
  expect((await ana.press("Plan A")).callbackQuery?.message?.message_id).toBe(first.message_id)
})

test("a button that opens an address tells the bot nothing", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await ana.start()
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "Read", reply_markup: plans })
  expect((await ana.press("Docs")).button).toMatchObject({ url: "https://e.org/" })
  expect(waitingKinds(telegram.bot)).toEqual(["message"])
})

test("a button of the keyboard below the chat sends its text, its contact or its place, until the keyboard is removed", async () => {
  const telegram = await curiousTelegram(impatient)
  const ana = telegram.user("Ana", { last_name: "Lima" })
  await ana.start()
  const keyboard = [
    ["Tea"],
    [
      { text: "Call me", request_contact: true },
      { text: "Here", request_location: true },
    ],
  ]
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "?", reply_markup: { keyboard } })
  expect((await ana.press("Tea")).message?.text).toBe("Tea")
  expect((await ana.press("Call me")).message?.contact).toMatchObject({ user_id: ana.id, last_name: "Lima" })
  expect((await ana.press("Here")).message?.location).toMatchObject({ latitude: expect.any(Number) })
  expect(waitingKinds(telegram.bot)).toEqual(["message", "message", "message", "message"])
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "!", reply_markup: { remove_keyboard: true } })
  await expect(ana.press("Tea", { timeout: 10 })).rejects.toThrow('found no button "Tea" to press')
})

test("each message of the bot is the next reply once; service messages and edits are not", async () => {
  const telegram = await curiousTelegram(impatient)
  const ana = telegram.user("Ana")
  await ana.start()
  const one = await call(telegram, "sendMessage", { chat_id: ana.id, text: "one" })
  await call(telegram, "pinChatMessage", { chat_id: ana.id, message_id: one.message_id })
  await call(telegram, "editMessageText", { chat_id: ana.id, message_id: one.message_id, text: "ONE" })
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "two" })
  expect([await ana.nextReply(), await ana.nextReply()].map(({ text }) => text)).toEqual(["one", "two"])
  expect((await ana.nextEdit()).text).toBe("ONE")
  await expect(ana.nextReply({ timeout: 10 })).rejects.toThrow("Ana waited for a reply in vain")
})

test("the error of a reply that does not come says what is known", async () => {
  const telegram = await curiousTelegram(impatient)
  const ana = telegram.user("Ana")
  await ana.send("Anybody there?")
  await expect(call(telegram, "sendMessage", { chat_id: ana.id, text: "" })).rejects.toThrow("text")
  await expect(ana.nextReply()).rejects.toThrow(
    'The newest message is 1 by Ana: "Anybody there?". 1 update not yet confirmed. Nothing was delivered: is there a webhook, ' +
      "or a bot that polls? Its call sendMessage failed: Bad Request: message text is empty. (4 s of Telegram's time)",
  )
})

test("the error also says how the last delivery went", async () => {
  const telegram = await curiousTelegram({ patience: 300 })
  const ana = telegram.user("Ana")
  await call(telegram, "setWebhook", { url: "http://127.0.0.1:9/" })
  await ana.send("Hi")
  await expect(ana.nextReply()).rejects.toThrow(
    /\(message\), attempt [23]: Connection refused, next attempt in [1-4] s/,
  )
})

test("edits, deletions and replies", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const message = await ana.send("Helo")
  const edited = await ana.edit(message, "Hello @ana_l")
  expect(newest(telegram.bot, "edited_message")).toEqual(edited)
  expect(edited).toMatchObject({ message_id: 1, edit_date: edited.date, entities: [{ type: "mention" }] })
  const reply = await ana.send({ text: "Me again", reply_to: await ana.send({ text: "Second", reply_to: edited }) })
  expect(reply.reply_to_message).toMatchObject({ text: "Second" })
  expect(JSON.stringify(reply)).not.toContain("Hello")
  await ana.delete(message)
  expect(ana.messages.map(({ text }) => text)).toEqual(["Second", "Me again"])
  await expect(ana.edit(message, "x")).rejects.toThrow("There is no message 1 in this chat of Ana.")
})

test("files: the bot gets the bytes that were sent", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const sent = await ana.send({
    document: { bytes: Buffer.from("a,b"), name: "data.csv", type: "text/csv" },
    caption: "#csv",
  })
  expect(sent).toMatchObject({ document: { file_name: "data.csv", mime_type: "text/csv", file_size: 3 } })
  expect(sent.caption_entities).toEqual([{ type: "hashtag", offset: 0, length: 4 }])
  const file = await call<{ file_path: string }>(telegram, "getFile", { file_id: sent.document?.file_id })
  const response = await fetch(`${telegram.url}/file/bot${telegram.token}/${file.file_path}`)
  expect(await response.text()).toBe("a,b")
})

test.each(["photo", "video", "animation", "audio", "voice", "video_note", "sticker"] as const)(
  "a %s",
  async (field) => {
    const telegram = await curiousTelegram()
    const sent = await telegram.user("Ana").send({ [field]: Buffer.from("bytes") })
    expect([sent[field]].flat().at(-1)).toMatchObject({ file_id: expect.any(String), file_size: 5 })
  },
)

test("other content is sent as Telegram shapes it", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const location = { latitude: 1, longitude: 2 }
  expect(await ana.send({ venue: { location, title: "Bar", address: "Street" } })).toMatchObject({ location })
  expect(await ana.send({ web_app_data: { data: "{}", button_text: "Open" } })).toMatchObject({
    web_app_data: { data: "{}" },
  })
  const { dice } = await ana.send({ dice: "🎰" })
  expect(dice?.value).toBeGreaterThan(0)
  expect(dice?.value).toBeLessThan(65)
})

test("the parts of an album share a media_group_id", async () => {
  const telegram = await curiousTelegram()
  const [one, two] = await telegram.user("Ana").sendAlbum([{ photo: Buffer.from("1") }, { photo: Buffer.from("2") }])
  expect(one?.media_group_id).toMatch(/^\d+$/)
  expect(two?.media_group_id).toBe(one?.media_group_id)
})

test("a forwarded message tells where it came from", async () => {
  const telegram = await curiousTelegram()
  const post = await telegram.channel("News").post("Extra!")
  const { forward_origin, text } = await telegram.user("Ana").forward(post)
  expect(text).toBe("Extra!")
  expect(forward_origin).toEqual({ type: "channel", chat: post.chat, message_id: post.message_id, date: post.date })
})

test("blocking and unblocking is told once each; a bot that is blocked gets no messages and cannot send any", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  await ana.start()
  await ana.block()
  await ana.block()
  await expect(ana.send("Hi")).rejects.toThrow("Ana has blocked @simulated_bot: unblock it first.")
  const writing = call(telegram, "sendMessage", { chat_id: ana.id, text: "Hi" })
  await expect(writing).rejects.toThrow("Forbidden: bot was blocked by the user")
  await ana.unblock()
  await ana.send("Hi")
  const statuses = waiting(telegram.bot).map(([kind, content]) =>
    kind === "my_chat_member" ? (content as { new_chat_member: { status: string } }).new_chat_member.status : kind,
  )
  expect(statuses).toEqual(["message", "kicked", "member", "message"])
})

test("several bots: each has its own private chat", async () => {
  const telegram = await curiousTelegram()
  const other = telegram.addBot({ username: "other_bot" })
  const ana = telegram.user("Ana")
  await ana.with(other).send("To the other one")
  expect(waitingKinds(telegram.bot)).toEqual([])
  expect(newest(other, "message").text).toBe("To the other one")
  expect(ana.messages).toEqual([])
  expect(ana.with(other).messages).toHaveLength(1)
})

test("the same seed makes the same people", async () => {
  const [one, two] = await Promise.all([curiousTelegram(), curiousTelegram()])
  expect(one.user("Ana").id).toBe(two.user("Ana").id)
  expect(one.user("Ben").id).not.toBe(one.user("Ben").id)
})

test("the error of a button that is not there names those that are", async () => {
  const telegram = await curiousTelegram(impatient)
  const ana = telegram.user("Ana")
  await ana.start()
  await call(telegram, "sendMessage", { chat_id: ana.id, text: "Which?", reply_markup: plans })
  await expect(ana.press("Plan B")).rejects.toThrow(
    'no button "Plan B" to press. The newest message is 2 by Bot: "Which?" [Plan A] [Docs].',
  )
})

test("a live location moves by edits", async () => {
  const telegram = await curiousTelegram()
  const ana = telegram.user("Ana")
  const message = await ana.send({ location: { latitude: 1, longitude: 2, live_period: 60 } })
  await ana.edit(message, { location: { latitude: 1, longitude: 3, live_period: 60 } })
  expect(newest(telegram.bot, "edited_message").location).toEqual({ latitude: 1, longitude: 3, live_period: 60 })
})
