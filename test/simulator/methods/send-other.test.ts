import type { Message } from "@grammyjs/types"
import { expect, test } from "vitest"
import { BusinessConnection } from "../../../packages/simulator/src/chats/business.ts"
import { ana, ben, Scene } from "./scene.ts"

const to = { chat_id: ana.id }

test("places, contacts and chance", () => {
  const scene = new Scene()
  const point = { latitude: 52.5, longitude: 13.4 }
  expect(scene.call("sendLocation", { ...to, ...point, horizontal_accuracy: 30 }).location).toEqual({
    ...point,
    horizontal_accuracy: 30,
  })
  const place = { title: "Café", address: "Street 1", foursquare_id: "f" }
  expect(scene.call("sendVenue", { ...to, ...point, ...place })).toMatchObject({
    location: point,
    venue: { location: point, ...place },
  })
  const contact = { phone_number: "+4930123456", first_name: "Ben", vcard: "BEGIN" }
  expect(scene.call("sendContact", { ...to, ...contact }).contact).toEqual({ ...contact, phone_number: "4930123456" })
  for (const [emoji, highest] of [
    ["🎲", 6],
    ["⚽", 5],
    ["🎰", 64],
  ] as const) {
    const { dice } = scene.call("sendDice", { ...to, emoji })
    expect(dice?.emoji).toBe(emoji)
    expect(dice?.value).toBeGreaterThanOrEqual(1)
    expect(dice?.value).toBeLessThanOrEqual(highest)
  }
  expect(scene.call("sendDice", to).dice?.emoji).toBe("🎲")
})

test("a game comes with a button to play it", () => {
  expect(new Scene().call("sendGame", { ...to, game_short_name: "chess" })).toMatchObject({
    game: { title: "chess" },
    reply_markup: { inline_keyboard: [[{ callback_game: {} }]] },
  })
})

test.each([
  ["sendLocation", { longitude: 1 }, "latitude is empty"],
  ["sendVenue", { latitude: 1 }, "longitude is empty"],
  ["sendContact", { phone_number: "1" }, 'parameter "first_name" is required'],
  ["sendDice", { emoji: "🚗" }, "DICE_EMOJI_INVALID"],
  ["sendGame", {}, 'parameter "game_short_name" is required'],
  ["sendChatAction", { action: "dance" }, "wrong parameter action in request"],
  ["sendMessageDraft", { text: "x" }, "RANDOM_ID_INVALID"],
  ["setMessageReaction", { message_id: 4 }, "message to react not found"],
  ["setMessageReaction", { reaction: "{" }, "can't parse reaction types JSON object"],
  ["setMessageReaction", { reaction: [{ type: "paid" }] }, "can't parse ReactionType: invalid reaction type specified"],
  ["setMessageReaction", { reaction: [{ type: "emoji" }] }, "can't parse ReactionType: Can't find field \"emoji\""],
])("%s with %j fails as on Telegram", (method, given, reason) => {
  expect(new Scene().fails(method, { ...to, ...given })).toBe(`400 Bad Request: ${reason}`)
})

test("typing and drafts are no messages, and do not reach whoever blocked the bot", () => {
  const scene = new Scene()
  expect(scene.call("sendChatAction", { ...to, action: "typing" })).toBe(true)
  expect(scene.call("sendMessageDraft", { ...to, draft_id: 1, text: "th" })).toBe(true)
  expect(scene.chat.messages).toEqual([])
  const bot = scene.world.users.get(scene.bot.id)
  if (bot) scene.chat.setMember(bot, { status: "kicked", user: bot, until_date: 0 })
  expect(scene.fails("sendChatAction", { ...to, action: "typing" })).toBe("403 Forbidden: bot was blocked by the user")
})

test("a bot reacts with one reaction, and takes it back with none", () => {
  const scene = new Scene()
  const { message_id } = scene.said("x")
  const post = scene.chat.posts.get(message_id)
  const thumb = { type: "emoji", emoji: "👍" }
  scene.call("setMessageReaction", { ...to, message_id, reaction: [thumb] })
  expect(post?.reactions.get(scene.bot.id)).toEqual([thumb])
  expect(scene.fails("setMessageReaction", { ...to, message_id, reaction: [thumb, thumb] })).toBe(
    "400 Bad Request: REACTIONS_TOO_MANY",
  )
  const heart = { type: "emoji", emoji: "❤️" }
  scene.call("setMessageReaction", { ...to, message_id, reaction: [heart] })
  expect(post?.reactions.get(scene.bot.id)).toEqual([{ type: "emoji", emoji: "❤" }])
  expect(scene.fails("setMessageReaction", { ...to, message_id, reaction: [{ type: "emoji", emoji: "🚗" }] })).toBe(
    "400 Bad Request: REACTION_INVALID",
  )
  scene.call("setMessageReaction", { ...to, message_id })
  expect(post?.reactions.size).toBe(0)
})

test("an administrator takes back what somebody else reacted with", () => {
  const scene = new Scene()
  const room = scene.room(-1_001_000_000_001, "supergroup", {}, { can_delete_messages: true })
  const { message_id } = scene.said("x", room)
  room.posts.get(message_id)?.reactions.set(ana.id, [{ type: "emoji", emoji: "👎" }])
  const given = { chat_id: room.id, message_id, user_id: ana.id }
  expect(scene.call("deleteMessageReaction", given)).toBe(true)
  expect(room.posts.get(message_id)?.reactions.size).toBe(0)
})

const price = {
  title: "Tea",
  description: "A cup",
  payload: "p1",
  currency: "XTR",
  prices: [{ label: "Tea", amount: 7 }],
}

test("an invoice shows its price; its terms are kept for whoever pays", () => {
  const scene = new Scene()
  const { invoice, message_id } = scene.call("sendInvoice", { ...to, ...price, need_name: true })
  expect(invoice).toEqual({ title: "Tea", description: "A cup", start_parameter: "", currency: "XTR", total_amount: 7 })
  expect(scene.chat.posts.get(message_id)?.invoice).toEqual({ payload: "p1", prices: price.prices, need_name: true })
  expect(scene.call("createInvoiceLink", price)).toMatch(/^https:\/\/t\.me\/\$/)
})

test.each([
  [{ payload: "" }, 'parameter "payload" is required'],
  [{ prices: "x" }, "can't parse prices JSON object"],
  [{ prices: [] }, "there must be at least one price"],
  [{ prices: [{ label: "", amount: 1 }] }, "can't parse labeled price: LabeledPrice label must be non-empty"],
  [{ prices: [...price.prices, ...price.prices] }, "STARS_INVOICE_INVALID"],
  [{ currency: "EUR" }, "PAYMENT_PROVIDER_INVALID"],
  [{ currency: "euro", provider_token: "t" }, "CURRENCY_INVALID"],
  [{ prices: [{ label: "x", amount: 0 }] }, "CURRENCY_TOTAL_AMOUNT_INVALID"],
])("sendInvoice with %j fails as on Telegram", (given, reason) => {
  expect(new Scene().fails("sendInvoice", { ...to, ...price, ...given })).toBe(`400 Bad Request: ${reason}`)
})

test("stars are paid back once, and the chat says so", () => {
  const scene = new Scene()
  const paid = { currency: "XTR", total_amount: 7, invoice_payload: "p1", telegram_payment_charge_id: "c1" } as const
  scene.world.post(scene.chat, { user: ana }, { successful_payment: { ...paid, provider_payment_charge_id: "x" } })
  const charge = { user_id: ana.id, telegram_payment_charge_id: "c1" }
  expect(scene.fails("refundStarPayment", { ...charge, user_id: ben.id })).toBe("400 Bad Request: CHARGE_ID_INVALID")
  expect(scene.call("refundStarPayment", charge)).toBe(true)
  expect(scene.chat.messages.at(-1)).toMatchObject({ refunded_payment: paid })
  expect(scene.fails("refundStarPayment", charge)).toBe("400 Bad Request: CHARGE_ALREADY_REFUNDED")
})

test("for a business account the bot writes in the owner's name, and can edit and delete that", () => {
  const scene = new Scene()
  const connection = new BusinessConnection("b1", scene.bot, ben, 0, {})
  scene.world.businessConnections.set("b1", connection)
  const chat = connection.chat(ana)
  const target = { business_connection_id: "b1", chat_id: ana.id }
  const message: Message = scene.call("sendMessage", { ...target, text: "Hello" })
  expect(message).toMatchObject({
    business_connection_id: "b1",
    from: ben,
    sender_business_bot: { id: scene.bot.id },
    chat: { id: ana.id },
  })
  const { message_id } = message
  expect(scene.call("editMessageText", { ...target, message_id, text: "Hi" })).toMatchObject({ text: "Hi" })
  expect(chat.messages).toHaveLength(1)
  expect(scene.call("deleteBusinessMessages", { business_connection_id: "b1", message_ids: [message_id] })).toBe(true)
  expect(chat.messages).toEqual([])
  expect(scene.chat.messages).toEqual([])
})

test.each([
  [{ business_connection_id: "none" }, "business connection not found"],
  [{ business_connection_id: "b1", chat_id: "" }, "chat identifier is empty"],
  [{ business_connection_id: "b1", chat_id: "@ana" }, "chat identifier must be a valid Integer"],
  [{ business_connection_id: "b1" }, "BUSINESS_PEER_INVALID"],
])("sendMessage for the business account %j fails as on Telegram", (given, reason) => {
  const scene = new Scene()
  scene.world.businessConnections.set("b1", new BusinessConnection("b1", scene.bot, ben, 0, {}))
  expect(scene.fails("sendMessage", { ...to, text: "x", ...given })).toBe(`400 Bad Request: ${reason}`)
})
