import { describe, expect, test } from "vitest"
import { replyMarkup } from "../../../packages/simulator/src/text/reply-markup.ts"

const inline = (button: unknown, chat: "private" | "supergroup" | "channel" = "private") =>
  replyMarkup({ inline_keyboard: [[button]] }, chat)
const kept = (button: unknown, chat: "private" | "supergroup" | "channel" = "private") =>
  (inline(button, chat) as { inline_keyboard: unknown[][] }).inline_keyboard[0]?.[0]
const reply = (button: unknown, chat: "private" | "supergroup" | "channel" = "private") =>
  replyMarkup({ keyboard: [[button]] }, chat)

describe("inline keyboards", () => {
  test.each([
    [{ text: "A", callback_data: "1" }],
    [{ text: "A", callback_data: "1", style: "danger", icon_custom_emoji_id: "5" }],
    [{ text: "A", url: "https://example.com/x" }],
    [{ text: "A", url: "tg://user?id=5" }],
    [{ text: "A", switch_inline_query: "" }],
    [{ text: "A", switch_inline_query_current_chat: "q" }],
    [{ text: "A", web_app: { url: "https://example.com/" } }],
    [{ text: "A", copy_text: { text: "x" } }],
    [{ text: "A", pay: true }],
    [{ text: "A", callback_game: {} }],
  ])("%j is kept", (button) => {
    expect(kept(button)).toEqual(button)
  })

  test("addresses are written as Telegram writes them; a login becomes an ordinary link", () => {
    expect(kept({ text: "A", url: "Example.com" })).toEqual({ text: "A", url: "http://example.com/" })
    expect(kept({ text: "A", url: "https://me:x@EXAMPLE.com:08443/a b?c#d" })).toEqual({
      text: "A",
      url: "https://me:x@example.com:8443/a%20b?c#d",
    })
    expect(kept({ text: "A", url: "TG:resolve?domain=x" })).toEqual({ text: "A", url: "tg://resolve?domain=x" })
    expect(kept({ text: "A", login_url: { url: "https://example.com" } })).toEqual({
      text: "A",
      url: "https://example.com/",
    })
  })

  test("of several types the first that Telegram looks for counts, and unknown fields are dropped", () => {
    expect(kept({ text: "A", callback_data: "1", url: "", pay: true, colour: 1 })).toEqual({
      text: "A",
      callback_data: "1",
    })
  })

  test("callback_data has 1 to 64 bytes", () => {
    expect(kept({ text: "A", callback_data: "é".repeat(32) })).toBeDefined()
    expect(() => inline({ text: "A", callback_data: `${"é".repeat(32)}x` })).toThrow("Bad Request: BUTTON_DATA_INVALID")
    expect(() => inline({ text: "A", callback_data: "" })).toThrow(
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
  })

  test.each([
    ["A", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"],
    [{ callback_data: "1" }, `can't parse inline keyboard button: Can't find field "text"`],
    [{ text: {}, callback_data: "1" }, `can't parse inline keyboard button: Field "text" must be of type String`],
    [{ text: "A" }, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"],
    [
      { text: "A", callback_data: "1", style: "x" },
      "can't parse inline keyboard button: invalid button style specified",
    ],
    [{ text: "A", url: "localhost" }, "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL"],
    [
      { text: "A", url: "https://a.com:65536/" },
      "inline keyboard button URL 'https://a.com:65536/' is invalid: Wrong port number specified in the URL",
    ],
    [
      { text: "A", url: "https://a b.com" },
      "inline keyboard button URL 'https://a b.com' is invalid: Disallowed character in URL host",
    ],
    [{ text: "A", url: "https:///x" }, "inline keyboard button URL 'https:///x' is invalid: URL host is empty"],
    [
      { text: "A", url: "tg://a.b" },
      "inline keyboard button URL 'tg://a.b' is invalid: Unallowed characters in URL host",
    ],
    [{ text: "A", url: "tg://u@b" }, "inline keyboard button URL 'tg://u@b' is invalid: Wrong tg URL"],
    [
      { text: "A", url: "ftp://a.com" },
      "inline keyboard button URL 'ftp://a.com' is invalid: Unsupported URL protocol",
    ],
    [
      { text: "A", web_app: { url: "http://a.com" } },
      "inline keyboard button Web App URL 'http://a.com' is invalid: Only HTTPS links are allowed",
    ],
  ])("%j fails", (button, problem) => {
    expect(() => inline(button)).toThrow(`Bad Request: ${problem}`)
  })

  test("some buttons cannot be in every chat", () => {
    expect(() => inline({ text: "A", web_app: { url: "https://a.com" } }, "supergroup")).toThrow(
      "Bad Request: BUTTON_TYPE_INVALID",
    )
    expect(() => inline({ text: "A", switch_inline_query: "" }, "channel")).toThrow(
      "Bad Request: can't use switch_inline_query button in a channel chat",
    )
  })

  test("buttons without a text and rows without a button are left out, and all beyond 12 in a row and 300 in all", () => {
    const button = { text: "A", callback_data: "1" }
    expect(replyMarkup({ inline_keyboard: [[], [{ ...button, text: "" }], [button]] })).toEqual({
      inline_keyboard: [[button]],
    })
    const many = replyMarkup({
      inline_keyboard: Array.from({ length: 40 }, () => Array.from({ length: 13 }, () => button)),
    })
    const rows = (many as { inline_keyboard: unknown[][] }).inline_keyboard
    expect(rows.map((row) => row.length)).toEqual(Array(25).fill(12))
  })
})

describe("reply keyboards", () => {
  test("labels may be given as text; flags that are not set are left out", () => {
    expect(replyMarkup({ keyboard: [["A"], [{ text: "B" }]], resize_keyboard: true, is_persistent: false })).toEqual({
      keyboard: [[{ text: "A" }], [{ text: "B" }]],
      resize_keyboard: true,
    })
  })

  test("what asks a person for something is kept, in private chats", () => {
    const buttons = [
      { text: "A", request_contact: true },
      { text: "A", request_location: true },
      { text: "A", request_poll: { type: "quiz" } },
      { text: "A", request_users: { request_id: 1, user_is_bot: false, max_quantity: 3 } },
      { text: "A", request_chat: { request_id: 1, chat_is_channel: false } },
    ]
    expect(replyMarkup({ keyboard: [buttons] })).toEqual({ keyboard: [buttons] })
    expect(() => reply({ text: "A", request_contact: true }, "supergroup")).toThrow(
      "Bad Request: phone number can be requested in private chats only",
    )
  })

  test.each([
    [5, "can't parse keyboard button: KeyboardButton must be a String or an Object"],
    [{ text: "A", request_users: {} }, `can't parse keyboard button: Can't find field "request_id"`],
    [{ text: "A", request_contact: 1 }, `can't parse keyboard button: Field "request_contact" must be of type Boolean`],
  ])("%j fails", (button, problem) => {
    expect(() => reply(button)).toThrow(`Bad Request: ${problem}`)
  })

  test("removing one and forcing a reply; selective counts in groups only", () => {
    expect(replyMarkup({ remove_keyboard: true, selective: true }, "private")).toEqual({ remove_keyboard: true })
    expect(replyMarkup({ remove_keyboard: true, selective: true }, "group")).toEqual({
      remove_keyboard: true,
      selective: true,
    })
    expect(replyMarkup({ force_reply: true, input_field_placeholder: "x" })).toEqual({
      force_reply: true,
      input_field_placeholder: "x",
    })
  })

  test("a channel takes inline keyboards only", () => {
    expect(() => reply("A", "channel")).toThrow("Bad Request: inline keyboard expected")
  })
})

test.each([
  [[], "object expected as reply markup"],
  [null, "object expected as reply markup"],
  [{ keyboard: {} }, `Field "keyboard" must be of type Array`],
  [{ keyboard: ["A"] }, `field "keyboard" must be an Array of Arrays`],
  [{ inline_keyboard: [{}] }, `field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`],
])("%j is no markup", (value, problem) => {
  expect(() => replyMarkup(value)).toThrow(new RegExp(`^Bad Request: ${problem}$`, "i"))
})

test("nothing in it is no markup", () => {
  expect(replyMarkup({})).toBeUndefined()
  expect(replyMarkup({ inline_keyboard: [] })).toBeUndefined()
})
