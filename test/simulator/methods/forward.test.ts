import type { Message } from "@grammyjs/types"
import { expect, test } from "vitest"
import { ana, Scene, start } from "./scene.ts"

const group = -1_001_000_000_001

test("a forwarded message tells where it comes from, in the new words and in the old ones", () => {
  const scene = new Scene()
  scene.room(group, "supergroup")
  const { message_id } = scene.said("/help me")
  const message = scene.call("forwardMessage", { chat_id: group, from_chat_id: ana.id, message_id })
  expect(message).toMatchObject({
    chat: { id: group },
    from: { id: scene.bot.id },
    text: "/help me",
    forward_origin: { type: "user", sender_user: ana, date: start },
    forward_from: ana,
    forward_date: start,
  })
  const again = { chat_id: ana.id, from_chat_id: group, message_id: message.message_id }
  expect(scene.call("forwardMessage", again).forward_origin).toEqual(message.forward_origin)
})

test("a copied message comes from the bot, with other buttons or caption if it says so", () => {
  const scene = new Scene()
  const photo = "https://example.com/a.jpg"
  const { message_id } = scene.call("sendPhoto", { chat_id: ana.id, photo, caption: "old" })
  const reply_markup = { inline_keyboard: [[{ text: "A", callback_data: "a" }]] }
  const from = { chat_id: ana.id, from_chat_id: ana.id, message_id }
  const copy = scene.ask("copyMessage", { ...from, caption: "new", reply_markup })
  expect(copy).toEqual({ message_id: message_id + 1 })
  const message = scene.chat.posts.get(copy.message_id)?.message
  expect(message).toMatchObject({ caption: "new", reply_markup, photo: [{}, {}, {}, {}] })
  expect(message).not.toHaveProperty("forward_origin")
  const same = scene.ask("copyMessage", from)
  expect(scene.chat.posts.get(same.message_id)?.message).toMatchObject({ caption: "old" })
})

test("several messages go together: those that are gone are left out, an album stays one", () => {
  const scene = new Scene()
  scene.room(group, "supergroup")
  const media = [1, 2].map((number) => ({
    type: "photo",
    media: `https://example.com/${number}.jpg`,
    caption: `${number}`,
  }))
  const album: Message[] = scene.ask("sendMediaGroup", { chat_id: ana.id, media })
  const message_ids = [...album.map((message) => message.message_id), 99]
  const from = { chat_id: group, from_chat_id: ana.id, message_ids }
  expect(scene.call("forwardMessages", from)).toEqual([{ message_id: 1 }, { message_id: 2 }])
  const [one, two] = scene.world.chats.get(group)?.messages ?? []
  expect(one?.media_group_id).toBe(two?.media_group_id)
  expect(one?.media_group_id).not.toBe(album[0]?.media_group_id)
  scene.call("copyMessages", { ...from, remove_caption: true })
  const copied = scene.world.chats.get(group)?.messages.at(-1)
  expect(copied?.photo).toBeDefined()
  expect(copied).not.toHaveProperty("caption")
})

test.each([
  ["forwardMessage", {}, "message to forward not found"],
  ["forwardMessage", { from_chat_id: "" }, 'parameter "from_chat_id" is required'],
  ["copyMessage", { message_id: 50 }, "message to copy not found"],
  ["copyMessage", { from_chat_id: 12 }, "chat not found"],
  ["forwardMessages", {}, "message identifiers are not specified"],
  ["forwardMessages", { message_ids: "{" }, "can't parse message_ids JSON object"],
  ["forwardMessages", { message_ids: { a: 1 } }, "expected an Array of message identifiers"],
  ["forwardMessages", { message_ids: [2, 1] }, "message identifiers must be in a strictly increasing order"],
  ["copyMessages", { message_ids: [50] }, "there are no messages to forward"],
  ["copyMessages", { message_ids: [-1] }, "invalid message identifier specified"],
])("%s with %j fails as on Telegram", (method, given, reason) => {
  const scene = new Scene()
  expect(scene.fails(method, { chat_id: ana.id, from_chat_id: ana.id, ...given })).toBe(`400 Bad Request: ${reason}`)
})

test("what is protected is not forwarded, what only happened is not copied", () => {
  const scene = new Scene()
  const secret = scene.call("sendMessage", { chat_id: ana.id, text: "x", protect_content: true })
  const from = { chat_id: ana.id, from_chat_id: ana.id }
  expect(scene.fails("forwardMessage", { ...from, message_id: secret.message_id })).toBe(
    "400 Bad Request: the message can't be forwarded",
  )
  const { id } = scene.world.post(scene.chat, { user: ana }, { write_access_allowed: {} })
  expect(scene.fails("copyMessage", { ...from, message_id: id })).toBe("400 Bad Request: the message can't be copied")
})

test("a deleted message is gone, and cannot be deleted again", () => {
  const scene = new Scene()
  const { message_id } = scene.said("x")
  expect(scene.call("deleteMessage", { chat_id: ana.id, message_id })).toBe(true)
  expect(scene.chat.messages).toEqual([])
  for (const [given, reason] of [
    [{ chat_id: ana.id, message_id }, "message to delete not found"],
    [{ chat_id: ana.id }, "message identifier is not specified"],
    [{ message_id }, "chat identifier is not specified"],
  ] as const) {
    expect(scene.fails("deleteMessage", given)).toBe(`400 Bad Request: ${reason}`)
  }
})

test("deleteMessages deletes those that are there, and all of them or none", () => {
  const scene = new Scene()
  const room = scene.room(group, "supergroup")
  const own = scene.call("sendMessage", { chat_id: group, text: "mine" }).message_id
  const other = scene.said("hers", room).message_id
  expect(scene.fails("deleteMessages", { chat_id: group, message_ids: [own, other] })).toBe(
    "400 Bad Request: message can't be deleted",
  )
  expect(room.messages).toHaveLength(2)
  expect(scene.call("deleteMessages", { chat_id: group, message_ids: [own, 77] })).toBe(true)
  expect(room.messages.map(({ message_id }) => message_id)).toEqual([other])
})

test("after two days a bot can delete nothing any more, and a fresh dice stays for one", async () => {
  const scene = new Scene()
  const text = scene.call("sendMessage", { chat_id: ana.id, text: "x" }).message_id
  const dice = scene.call("sendDice", { chat_id: ana.id }).message_id
  const fails = (message_id: number) => scene.fails("deleteMessage", { chat_id: ana.id, message_id })
  expect(fails(dice)).toBe("400 Bad Request: message can't be deleted for everyone")
  await scene.clock.advance(86_400_000)
  expect(fails(dice)).toBe("did not fail")
  await scene.clock.advance(86_401_000)
  expect(fails(text)).toBe("400 Bad Request: message can't be deleted for everyone")
})
