import { expect, test } from "vitest"
import { call, curiousTelegram, newest, waiting, waitingKinds } from "./telegram.ts"

test("a business bot sees both sides of the chat; its id is the customer's (facts, 9)", async () => {
  const telegram = await curiousTelegram()
  const [zoya, ben] = [telegram.user("Zoya"), telegram.user("Ben")]
  const connection = await zoya.connectBusiness()
  expect(newest(telegram.bot, "business_connection")).toMatchObject({
    id: connection.id,
    user: zoya.user,
    is_enabled: true,
  })
  await ben.to(zoya).send("Open today?")
  await zoya.to(ben).send("Until six")
  const told = waiting(telegram.bot).filter(([kind]) => kind === "business_message")
  const common = { business_connection_id: connection.id, chat: { id: ben.id, first_name: "Ben", type: "private" } }
  expect(told.map(([, message]) => message)).toMatchObject([
    { ...common, from: ben.user, text: "Open today?" },
    { ...common, from: zoya.user, text: "Until six" },
  ])
})

test("the bot answers for the business, and the customer gets it", async () => {
  const telegram = await curiousTelegram()
  const [zoya, ben] = [telegram.user("Zoya"), telegram.user("Ben")]
  const connection = await zoya.connectBusiness()
  await ben.to(zoya).send("Hello")
  await call(telegram, "sendMessage", { business_connection_id: connection.id, chat_id: ben.id, text: "Hello Ben" })
  expect(await ben.to(zoya).nextReply()).toMatchObject({
    from: { id: zoya.id },
    sender_business_bot: { id: telegram.bot.id },
    text: "Hello Ben",
  })
})

test("edits and deletions come to the bot, with all ids of one deletion together", async () => {
  const telegram = await curiousTelegram()
  const [zoya, ben] = [telegram.user("Zoya"), telegram.user("Ben")]
  await zoya.connectBusiness()
  const here = ben.to(zoya)
  const [one, two] = [await here.send("one"), await here.send("two")]
  await here.edit(one, "ONE")
  expect(newest(telegram.bot, "edited_business_message").text).toBe("ONE")
  await here.delete(one, two)
  expect(newest(telegram.bot, "deleted_business_messages").message_ids).toEqual([one.message_id, two.message_id])
})

test("a bot that is shut out is told so, and then of nothing more", async () => {
  const telegram = await curiousTelegram()
  const [zoya, ben] = [telegram.user("Zoya"), telegram.user("Ben")]
  const connection = await zoya.connectBusiness()
  await zoya.changeBusiness(connection, { rights: { can_read_messages: true } })
  expect(newest(telegram.bot, "business_connection")).toMatchObject({ rights: { can_read_messages: true } })
  await zoya.changeBusiness(connection, { enabled: false })
  expect(newest(telegram.bot, "business_connection").is_enabled).toBe(false)
  await ben.to(zoya).send("Hello?")
  expect(waitingKinds(telegram.bot)).not.toContain("business_message")
})

test("without a business account no bot sees a chat of two people", async () => {
  const telegram = await curiousTelegram()
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  await ana.to(ben).send("Just us")
  expect(ben.to(ana).messages.map(({ text }) => text)).toEqual(["Just us"])
  expect(waitingKinds(telegram.bot)).toEqual([])
})

test("a guest bot is asked when it is named where it is not", async () => {
  const telegram = await curiousTelegram()
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  await ana.to(ben).send("@simulated_bot hello")
  expect(waitingKinds(telegram.bot)).toEqual([])
  telegram.bot.user = { ...telegram.bot.user, supports_guest_queries: true }
  await ana.to(ben).send("@simulated_bot hello")
  const { guest_query_id, from, chat } = newest(telegram.bot, "guest_message")
  expect([from, chat.id]).toEqual([ana.user, ben.id])
  await ben.to(ana).send("@simulated_bot me too")
  expect(newest(telegram.bot, "guest_message")).toMatchObject({
    from: ben.user,
    chat: { id: ana.id, first_name: "Ana" },
  })
  const result = { type: "article", id: "1", title: "T", input_message_content: { message_text: "Hello, you two" } }
  await call(telegram, "answerGuestQuery", { guest_query_id, result })
  expect((await ben.to(ana).nextReply()).text).toBe("Hello, you two")
})

test("a button of a message in the business chat", async () => {
  const telegram = await curiousTelegram()
  const [zoya, ben] = [telegram.user("Zoya"), telegram.user("Ben")]
  const business_connection_id = (await zoya.connectBusiness()).id
  await ben.to(zoya).send("Hello")
  const reply_markup = { inline_keyboard: [[{ text: "Order", callback_data: "o" }]] }
  await call(telegram, "sendMessage", { business_connection_id, chat_id: ben.id, text: "Hello Ben", reply_markup })
  await ben.to(zoya).press("Order")
  expect(newest(telegram.bot, "callback_query")).toMatchObject({ data: "o", message: { business_connection_id } })
})

test("reactions in a business chat are told to nobody", async () => {
  const telegram = await curiousTelegram()
  const [zoya, ben] = [telegram.user("Zoya"), telegram.user("Ben")]
  await zoya.connectBusiness()
  await zoya.to(ben).react(await ben.to(zoya).send("Hello"), "👍")
  expect(waitingKinds(telegram.bot)).toEqual(["business_connection", "business_message"])
})
