import { describe, expect, test } from "vitest"
import { ana, Scene, upload } from "./scene.ts"

describe("rich messages", () => {
  const blocks = [{ type: "heading", text: "Plans", size: 1 }, { type: "divider" }]

  test("are sent, kept as they are, and edited", () => {
    const scene = new Scene()
    const message = scene.call("sendRichMessage", { chat_id: ana.id, rich_message: { blocks } })
    expect(message).toMatchObject({ rich_message: { blocks } })
    const target = { chat_id: ana.id, message_id: message.message_id }
    expect(scene.fails("editMessageText", { ...target, rich_message: { blocks } })).toContain("message is not modified")
    const edited = scene.call("editMessageText", { ...target, text: "Plain" })
    expect(edited.text).toBe("Plain")
    expect(edited).not.toHaveProperty("rich_message")
  })

  test("HTML and Markdown become paragraphs of their text", () => {
    const scene = new Scene()
    const sent = (rich_message: object) => scene.call("sendRichMessage", { chat_id: ana.id, rich_message }).rich_message
    const paragraphs = ["One", "Two"].map((text) => ({ type: "paragraph", text }))
    expect(sent({ html: "<h1>One</h1>\n<p>Two</p>" })?.blocks).toEqual(paragraphs)
    expect(sent({ markdown: "One\n\nTwo", is_rtl: true })).toEqual({ blocks: paragraphs, is_rtl: true })
  })

  test.each([
    ["", "can't parse rich message JSON object"],
    [[], "object expected as rich message"],
    [{}, "message text is empty"],
    [{ blocks: 1 }, 'field "blocks" must be of type Array'],
  ])("%j is none", (rich_message, problem) => {
    expect(new Scene().fails("sendRichMessage", { chat_id: ana.id, rich_message })).toBe(`400 Bad Request: ${problem}`)
  })
})

test.each([
  ["plan.pdf", "application/octet-stream", "application/pdf"],
  ["PLAN.PDF", "", "application/pdf"],
  ["plan.pdf", "text/plain", "text/plain"],
  ["plan.xyz", "application/octet-stream", "application/octet-stream"],
])("a document named %s that says to be %j is %s", (name, told, type) => {
  const files = { document: upload(name, told) }
  expect(new Scene().call("sendDocument", { chat_id: ana.id }, files).document?.mime_type).toBe(type)
})

test("a video that is uploaded as any bytes is a video", () => {
  const files = { video: upload("clip", "application/octet-stream") }
  expect(new Scene().call("sendVideo", { chat_id: ana.id }, files).video?.mime_type).toBe("video/mp4")
})

test("an invoice without buttons has the one that pays; one with buttons has these", () => {
  const scene = new Scene()
  const invoice = (currency: string, amount: number, more: object = {}) => {
    const given = { title: "T", description: "D", payload: "p", provider_token: "t", currency }
    const prices = [{ label: "x", amount }]
    return scene.call("sendInvoice", { chat_id: ana.id, ...given, prices, ...more }).reply_markup?.inline_keyboard
  }
  expect(invoice("USD", 100)).toEqual([[{ text: "Pay $1.00", pay: true }]])
  expect(invoice("JPY", 100)).toEqual([[{ text: "Pay ¥100", pay: true }]])
  expect(invoice("XTR", 5)).toEqual([[{ text: "Pay ⭐️5", pay: true }]])
  const inline_keyboard = [[{ text: "Buy", pay: true }]]
  expect(invoice("EUR", 100, { reply_markup: { inline_keyboard } })).toEqual(inline_keyboard)
})
