import type { Message } from "@grammyjs/types"
import { expect, test } from "vitest"
import { ana, Scene, start, upload } from "./scene.ts"

const keyboard = { inline_keyboard: [[{ text: "A", callback_data: "a" }]] }
const same =
  "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"

/** A message of the bot, and what names it in a call. */
function sent(scene: Scene, method = "sendMessage", more: object = { text: "old", reply_markup: keyboard }) {
  const message: Message = scene.call(method, { chat_id: ana.id, ...more })
  return { message, target: { chat_id: ana.id, message_id: message.message_id } }
}

test("editMessageText replaces the text, and takes the buttons away unless they are given again", async () => {
  const scene = new Scene()
  const { message, target } = sent(scene)
  await scene.clock.advance(5000)
  const edited = scene.call("editMessageText", { ...target, text: "*new*", parse_mode: "MarkdownV2" })
  const { reply_markup: _, ...kept } = message
  expect(edited).toEqual({
    ...kept,
    edit_date: start + 5,
    text: "new",
    entities: [{ type: "bold", offset: 0, length: 3 }],
  })
  expect(scene.call("editMessageText", { ...target, text: "new", reply_markup: keyboard })).not.toHaveProperty(
    "entities",
  )
  expect(scene.chat.messages).toHaveLength(1)
  expect(scene.updates()).toEqual([])
})

test("an edit that changes nothing is refused", () => {
  const scene = new Scene()
  const { target } = sent(scene)
  expect(scene.fails("editMessageText", { ...target, text: "old", reply_markup: keyboard })).toBe(same)
  expect(scene.fails("editMessageReplyMarkup", { ...target, reply_markup: keyboard })).toBe(same)
  expect(scene.call("editMessageText", { ...target, text: "old" })).not.toHaveProperty("reply_markup")
  expect(scene.fails("editMessageText", { ...target, text: "old" })).toBe(same)
})

test.each([
  [{}, "400 Bad Request: message text is empty"],
  [{ text: "x" }, "400 Bad Request: message identifier is not specified"],
  [{ text: "x", chat_id: ana.id }, "400 Bad Request: message to edit not found"],
  [{ text: "x", chat_id: ana.id, message_id: 9 }, "400 Bad Request: message to edit not found"],
  [{ text: "x", message_id: 1 }, "400 Bad Request: chat_id is empty"],
  [{ text: "x", inline_message_id: "none" }, "400 Bad Request: MESSAGE_ID_INVALID"],
])("editMessageText with %j fails as on Telegram", (given, description) => {
  const scene = new Scene()
  sent(scene)
  expect(scene.fails("editMessageText", given)).toBe(description)
})

test("an edit says in other words that a text is too long", () => {
  const scene = new Scene()
  const { target } = sent(scene)
  expect(scene.fails("editMessageText", { ...target, text: "x".repeat(4097) })).toBe(
    "400 Bad Request: MESSAGE_TOO_LONG",
  )
})

test("what cannot be edited: others' messages, forwarded ones, those with a keyboard, and what is no text", () => {
  const scene = new Scene()
  const refused = (message_id: number, method = "editMessageText", more: object = { text: "x" }) =>
    scene.fails(method, { chat_id: ana.id, message_id, ...more })
  const { message_id } = scene.said("mine")
  expect(refused(message_id)).toBe("400 Bad Request: message can't be edited")
  const forwarded: Message = scene.call("forwardMessage", { chat_id: ana.id, from_chat_id: ana.id, message_id })
  expect(refused(forwarded.message_id)).toBe("400 Bad Request: message can't be edited")
  const withKeyboard = sent(scene, "sendMessage", { text: "?", reply_markup: { keyboard: [["A"]] } })
  expect(refused(withKeyboard.message.message_id)).toBe("400 Bad Request: message can't be edited")
  const photo = sent(scene, "sendPhoto", { photo: "https://example.com/a.jpg" })
  expect(refused(photo.message.message_id)).toBe("400 Bad Request: there is no text in the message to edit")
  const text = sent(scene).message.message_id
  expect(refused(text, "editMessageCaption", { caption: "x" })).toBe(
    "400 Bad Request: there is no caption in the message to edit",
  )
  const dice = sent(scene, "sendDice", {}).message.message_id
  expect(refused(dice)).toBe("400 Bad Request: message can't be edited")
  expect(
    scene.call("editMessageReplyMarkup", { chat_id: ana.id, message_id: dice, reply_markup: keyboard }),
  ).toMatchObject({
    reply_markup: keyboard,
  })
})

test("a channel's administrator can edit others' posts if it has the right", () => {
  const scene = new Scene()
  const channel = scene.room(-1_001_000_000_001, "channel", {}, { can_edit_messages: true })
  const { message } = scene.world.post(channel, { chat: channel }, { text: "old" })
  const target = { chat_id: channel.id, message_id: message.message_id, text: "new" }
  expect(scene.call("editMessageText", target).text).toBe("new")
  const blind = scene.room(-1_001_000_000_002, "channel", {}, { can_edit_messages: false })
  const post = scene.world.post(blind, { chat: blind }, { text: "old" })
  expect(scene.fails("editMessageText", { ...target, chat_id: blind.id, message_id: post.id })).toBe(
    "400 Bad Request: message can't be edited",
  )
})

test("editing a message of inline mode answers true", () => {
  const scene = new Scene()
  const via = scene.world.users.get(scene.bot.id)
  const post = scene.world.post(scene.chat, { user: ana }, { text: "result", ...(via && { via_bot: via }) })
  scene.world.inlineMessages.set("BAAAx", post)
  expect(scene.call("editMessageText", { inline_message_id: "BAAAx", text: "changed" })).toBe(true)
  expect(post.message.text).toBe("changed")
  const other = scene.world.addBot("4201:AAF-secret-of-the-simulated-bot-0002")
  scene.world.inlineMessages.set(
    "BAAAy",
    scene.world.post(scene.chat, { user: ana }, { text: "x", via_bot: other.user }),
  )
  expect(scene.fails("editMessageText", { inline_message_id: "BAAAy", text: "y" })).toBe(
    "400 Bad Request: MESSAGE_ID_INVALID",
  )
})

test("captions and media are replaced, captions with the media", () => {
  const scene = new Scene()
  const { message, target } = sent(scene, "sendPhoto", { photo: "https://example.com/a.jpg", caption: "old" })
  const captioned = scene.call("editMessageCaption", { ...target, caption: "<i>new</i>", parse_mode: "HTML" })
  expect(captioned).toMatchObject({ caption: "new", caption_entities: [{ type: "italic", offset: 0, length: 3 }] })
  expect(captioned.photo).toEqual(message.photo)
  const media = { type: "video", media: "attach://clip", caption: "moving" }
  const files = { clip: upload("clip.mp4", "video/mp4") }
  const edited: Message = scene.call("editMessageMedia", { ...target, media }, files)
  expect(edited).toMatchObject({ video: { file_name: "clip.mp4", mime_type: "video/mp4" }, caption: "moving" })
  expect(edited).not.toHaveProperty("photo")
  expect(edited).not.toHaveProperty("caption_entities")
  expect(scene.fails("editMessageCaption", { ...target, caption: "x".repeat(1025) })).toBe(
    "400 Bad Request: MEDIA_CAPTION_TOO_LONG",
  )
})

test.each([
  ["{", "can't parse input media JSON object"],
  [[], "can't parse InputMedia: expected an Object"],
  [{ media: "x" }, "can't parse InputMedia: Can't find field \"type\""],
  [{ type: "photo" }, "can't parse InputMedia: media not found"],
  [{ type: "photo", media: "attach://none" }, "can't parse InputMedia: media not found"],
  [{ type: "voice", media: "abc" }, 'can\'t parse InputMedia: type "voice" is unsupported'],
  [
    { type: "photo", media: "abc", caption: "<b>", parse_mode: "HTML" },
    "can't parse InputMedia: Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
  ],
])("editMessageMedia with the media %j fails as on Telegram", (media, reason) => {
  const scene = new Scene()
  const { target } = sent(scene, "sendPhoto", { photo: "https://example.com/a.jpg" })
  expect(scene.fails("editMessageMedia", { ...target, media })).toBe(`400 Bad Request: ${reason}`)
})

test("a live location moves while it lives, and stops", async () => {
  const scene = new Scene()
  const { target } = sent(scene, "sendLocation", { latitude: 52.5, longitude: 13.4, live_period: 60, heading: 90 })
  const moved = scene.call("editMessageLiveLocation", { ...target, latitude: 52.6, longitude: 13.4 })
  expect(moved.location).toEqual({ latitude: 52.6, longitude: 13.4, live_period: 60 })
  await scene.clock.advance(61_000)
  expect(scene.fails("editMessageLiveLocation", { ...target, latitude: 1, longitude: 1 })).toBe(
    "400 Bad Request: message can't be edited",
  )
  const again = sent(scene, "sendLocation", { latitude: 1, longitude: 2, live_period: 60 })
  expect(scene.call("stopMessageLiveLocation", again.target).location).toEqual({ latitude: 1, longitude: 2 })
  const still = sent(scene)
  expect(scene.fails("editMessageLiveLocation", { ...still.target, latitude: 1, longitude: 1 })).toBe(
    "400 Bad Request: there is no live location in the message to edit",
  )
})
