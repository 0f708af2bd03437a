import { expect, test } from "vitest"
import type { Query } from "../../../packages/simulator/src/chats/query.ts"
import { ana, Scene } from "./scene.ts"

const tooOld = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"

/** A query that Ana makes. */
function ask(scene: Scene, kind: Query["kind"], bot = scene.bot.id): Query {
  return scene.world.newQuery({ kind, bot, from: ana })
}

test("answerCallbackQuery is seen by whoever pressed; a text of digits stays text", () => {
  const scene = new Scene()
  const query = ask(scene, "callback")
  const given = { callback_query_id: query.id, text: "42", show_alert: true }
  expect(scene.call("answerCallbackQuery", given)).toBe(true)
  expect(query.answer).toEqual({ ...given, cache_time: 0 })
  expect(scene.call("answerCallbackQuery", { ...given, text: "again" })).toBe(true)
})

test.each([
  ["callback", "answerCallbackQuery", {}, 150],
  ["inline", "answerInlineQuery", { results: [] }, 30],
  ["shipping", "answerShippingQuery", { ok: false, error_message: "no" }, 150],
  ["pre_checkout", "answerPreCheckoutQuery", { ok: true }, 150],
] as const)(
  "a %s query can be answered for some time, by the bot that was asked",
  async (kind, method, given, seconds) => {
    const scene = new Scene()
    const to = (query: Query) => ({ [`${kind}_query_id`]: query.id, ...given })
    const query = ask(scene, kind)
    const other = ask(scene, kind, 99)
    expect(scene.fails(method, to(other))).toBe(tooOld)
    expect(scene.fails(method, to(ask(scene, kind === "inline" ? "callback" : "inline")))).toBe(tooOld)
    expect(scene.fails(method, given)).toBe(tooOld)
    await scene.clock.advance(seconds * 1000)
    expect(scene.call(method, to(query))).toBe(true)
    await scene.clock.advance(1000)
    expect(scene.fails(method, to(query))).toBe(tooOld)
  },
)

test("the notice of an answer has at most 200 characters, its url is one", () => {
  const scene = new Scene()
  const given = { callback_query_id: ask(scene, "callback").id }
  expect(scene.fails("answerCallbackQuery", { ...given, text: "x".repeat(201) })).toBe(
    "400 Bad Request: MESSAGE_TOO_LONG",
  )
  expect(scene.fails("answerCallbackQuery", { ...given, url: "nowhere" })).toBe("400 Bad Request: URL_INVALID")
})

const article = { type: "article", id: "1", title: "T", input_message_content: { message_text: "x" } }

test("answerInlineQuery gives the results to whoever asked", () => {
  const scene = new Scene()
  const query = ask(scene, "inline")
  scene.call("answerInlineQuery", {
    inline_query_id: query.id,
    results: [article],
    next_offset: "2",
    is_personal: true,
  })
  expect(query.answer).toEqual({ results: [article], cache_time: 300, is_personal: true, next_offset: "2" })
})

test.each([
  [{}, "expected an Array of inline query results"],
  [Array.from({ length: 51 }, () => article), "too many inline query results specified"],
  [[1], "can't parse inline query result: Inline query result must be an object"],
  [[{ id: "1" }], "can't parse inline query result: Can't find field \"type\""],
  [
    [{ ...article, type: "song" }],
    'can\'t parse inline query result: type "song" is unsupported for the inline query result',
  ],
  [[{ type: "article", id: "1", title: "T" }], "can't parse inline query result: Can't find field \"message_text\""],
  [[{ ...article, title: undefined }], "can't parse inline query result: Can't find field \"title\""],
  [
    [{ ...article, input_message_content: {} }],
    "can't parse inline query result: Input message content is not specified",
  ],
  [[{ type: "photo", id: "1" }], "can't parse inline query result: Can't find field \"photo_file_id\""],
  [[article, article], "RESULT_ID_DUPLICATE"],
  [[{ ...article, id: "x".repeat(65) }], "RESULT_ID_INVALID"],
])("answerInlineQuery with wrong results fails as on Telegram (%#)", (results, reason) => {
  const scene = new Scene()
  const inline_query_id = ask(scene, "inline").id
  expect(scene.fails("answerInlineQuery", { inline_query_id, results })).toBe(`400 Bad Request: ${reason}`)
})

test("answerGuestQuery posts in the chat where the bot was asked, and the message can be edited", () => {
  const scene = new Scene()
  const room = scene.world.addChat(-1_001_000_000_001, "supergroup", { title: "Room" })
  const post = scene.world.post(room, { user: ana }, { text: "@plans_bot which?" })
  const query = scene.world.newQuery({ kind: "guest", bot: scene.bot.id, from: ana, post })
  const sent = scene.ask("answerGuestQuery", {
    guest_query_id: query.id,
    result: article,
  })
  const reply = room.messages.at(-1)
  expect(reply).toMatchObject({ text: "x", from: { id: scene.bot.id }, guest_bot_caller_user: ana })
  expect(reply?.reply_to_message).toMatchObject({ message_id: post.id })
  expect(scene.call("editMessageText", { ...sent, text: "y" })).toBe(true)
  expect(room.messages.at(-1)?.text).toBe("y")
})

const option = { id: "dhl", title: "DHL", prices: [{ label: "DHL", amount: 500 }] }

test("answers about a payment reach whoever pays", () => {
  const scene = new Scene()
  const shipping = ask(scene, "shipping")
  scene.call("answerShippingQuery", { shipping_query_id: shipping.id, ok: true, shipping_options: [option] })
  expect(shipping.answer).toEqual({ ok: true, shipping_options: [option] })
  const checkout = ask(scene, "pre_checkout")
  scene.call("answerPreCheckoutQuery", { pre_checkout_query_id: checkout.id, ok: false, error_message: "Sold out" })
  expect(checkout.answer).toEqual({ ok: false, error_message: "Sold out" })
})

test.each([
  [{ ok: false }, 'parameter "error_message" is required'],
  [{ ok: true }, 'parameter "shipping_options" is required'],
  [{ ok: true, shipping_options: [] }, "there must be at least one shipping option"],
  [
    { ok: true, shipping_options: [{ ...option, id: "" }] },
    "can't parse shipping option: ShippingOption identifier must be non-empty",
  ],
  [
    { ok: true, shipping_options: [{ ...option, prices: [{ label: "x" }] }] },
    "can't parse shipping option: Can't parse shipping option prices: Can't parse labeled price: Can't find field \"amount\"",
  ],
])("answerShippingQuery with %j fails as on Telegram", (given, reason) => {
  const scene = new Scene()
  const shipping_query_id = ask(scene, "shipping").id
  expect(scene.fails("answerShippingQuery", { shipping_query_id, ...given })).toBe(`400 Bad Request: ${reason}`)
})
