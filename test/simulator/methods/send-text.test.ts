import { expect, test } from "vitest"
import { restricted } from "../../../packages/simulator/src/chats/permissions.ts"
import { ana, ben, Scene, start } from "./scene.ts"

const keyboard = { inline_keyboard: [[{ text: "A", callback_data: "a" }]] }

test("sendMessage returns the message as it stands in the chat", () => {
  const scene = new Scene()
  const message = scene.call("sendMessage", {
    chat_id: ana.id,
    text: "<b>Hi</b> /start",
    parse_mode: "HTML",
    reply_markup: keyboard,
  })
  expect(message).toEqual({
    message_id: 1,
    from: { id: 4200, is_bot: true, first_name: "Bot", username: "plans_bot" },
    chat: { id: ana.id, type: "private", first_name: "Ana", username: "ana" },
    date: start,
    text: "Hi /start",
    entities: [
      { type: "bold", offset: 0, length: 2 },
      { type: "bot_command", offset: 3, length: 6 },
    ],
    reply_markup: keyboard,
  })
  expect(scene.chat.messages).toEqual([message])
  expect(scene.updates()).toEqual([])
})

test("a reply shows the other message, but not what that one replied to", () => {
  const scene = new Scene()
  const first = scene.said("one")
  const second = scene.call("sendMessage", {
    chat_id: ana.id,
    text: "two",
    reply_parameters: { message_id: first.message_id },
  })
  expect(second.reply_to_message).toEqual(first)
  const third = scene.call("sendMessage", { chat_id: ana.id, text: "three", reply_to_message_id: second.message_id })
  const { reply_to_message: _, ...shown } = second
  expect(third.reply_to_message).toEqual(shown)
})

test("a reply can quote, and can be left out if the other message is gone", () => {
  const scene = new Scene()
  const { message_id } = scene.said("Madrid or Lisbon")
  const reply = (more: object) => ({ chat_id: ana.id, text: "!", reply_parameters: { message_id, ...more } })
  expect(scene.call("sendMessage", reply({ quote: "Lisbon" })).quote).toEqual({
    text: "Lisbon",
    position: 10,
    is_manual: true,
  })
  expect(scene.fails("sendMessage", reply({ quote: "Paris" }))).toBe("400 Bad Request: QUOTE_TEXT_INVALID")
  const gone = { message_id: 99, allow_sending_without_reply: true }
  expect(scene.call("sendMessage", reply(gone)).reply_to_message).toBeUndefined()
})

test("a reply to a message of another chat tells where it is", () => {
  const scene = new Scene()
  const group = scene.room(-1_001_000_000_001, "supergroup")
  const { message_id } = scene.said("elsewhere", group)
  const reply_parameters = { message_id, chat_id: group.id }
  const message = scene.call("sendMessage", { chat_id: ana.id, text: "see there", reply_parameters })
  expect(message.external_reply).toEqual({
    origin: { type: "user", date: start, sender_user: ana },
    chat: group.object,
    message_id,
  })
})

test("a keyboard below the chat is not part of the message", () => {
  const scene = new Scene()
  const reply_markup = { keyboard: [["Plan A"]], resize_keyboard: true }
  const message = scene.call("sendMessage", { chat_id: ana.id, text: "Which?", reply_markup })
  expect(message).not.toHaveProperty("reply_markup")
  expect(scene.chat.posts.get(message.message_id)?.keyboard).toMatchObject({ keyboard: [[{ text: "Plan A" }]] })
})

test("in a channel the channel sends; other bots there are told of it, the sender is not", () => {
  const scene = new Scene()
  const channel = scene.room(-1_001_000_000_002, "channel", { username: "news" }, {})
  const other = scene.world.addBot("4201:AAF-secret-of-the-simulated-bot-0002")
  channel.setMember(other.user)
  const message = scene.call("sendMessage", { chat_id: "@News", text: "hello" })
  expect(message).toMatchObject({ sender_chat: { id: channel.id }, chat: { id: channel.id, username: "news" } })
  expect(message).not.toHaveProperty("from")
  expect(scene.updates(other).map(([kind]) => kind)).toEqual(["channel_post"])
  expect(scene.updates()).toEqual([])
})

test("an anonymous administrator sends in the name of the group", () => {
  const scene = new Scene()
  const group = scene.room(-1_001_000_000_008, "supergroup", {}, { is_anonymous: true })
  expect(scene.call("sendMessage", { chat_id: group.id, text: "x" })).toMatchObject({
    from: { username: "GroupAnonymousBot" },
    sender_chat: { id: group.id },
  })
})

test("a message goes to a topic by its number, or with the message that it replies to", () => {
  const scene = new Scene()
  const forum = scene.room(-1_001_000_000_003, "supergroup", { is_forum: true })
  forum.topics.set(1, { message_thread_id: 1, name: "General", icon_color: 7322096 })
  forum.topics.set(5, { message_thread_id: 5, name: "Travel", icon_color: 7322096 })
  const inTopic = { message_thread_id: 5, is_topic_message: true }
  const first = scene.call("sendMessage", { chat_id: forum.id, message_thread_id: 5, text: "1" })
  expect(first).toMatchObject(inTopic)
  expect(
    scene.call("sendMessage", { chat_id: forum.id, reply_to_message_id: first.message_id, text: "2" }),
  ).toMatchObject(inTopic)
  for (const message_thread_id of [1, 6]) {
    expect(scene.fails("sendMessage", { chat_id: forum.id, message_thread_id, text: "x" })).toBe(
      "400 Bad Request: message thread not found",
    )
  }
})

test("effects, protection and link previews are shown in the message", () => {
  const link_preview_options = { is_disabled: true }
  const more = { protect_content: true, message_effect_id: "5104841245755180586", link_preview_options }
  expect(new Scene().call("sendMessage", { chat_id: ana.id, text: "x", ...more })).toMatchObject({
    has_protected_content: true,
    effect_id: "5104841245755180586",
    link_preview_options,
  })
})

test.each([
  [{ chat_id: ana.id }, "400 Bad Request: message text is empty"],
  [{ text: "x" }, "400 Bad Request: chat_id is empty"],
  [{ chat_id: 5, text: "x" }, "400 Bad Request: chat not found"],
  [{ chat_id: "ana", text: "x" }, "400 Bad Request: chat not found"],
  [{ chat_id: "@ana", text: "x" }, "400 Bad Request: chat not found"],
  [{ chat_id: ana.id, text: " \n " }, "400 Bad Request: text must be non-empty"],
  [{ chat_id: ana.id, text: "x", parse_mode: "bbcode" }, "400 Bad Request: unsupported parse_mode"],
  [{ chat_id: ana.id, text: "x", reply_to_message_id: 3 }, "400 Bad Request: message to be replied not found"],
  [{ chat_id: ana.id, text: "x", reply_parameters: "{" }, "400 Bad Request: can't parse reply parameters JSON object"],
  [{ chat_id: ana.id, text: "x", reply_parameters: [1] }, "400 Bad Request: object expected as reply parameters"],
  [{ chat_id: ana.id, text: "x", reply_parameters: { quote: "a" } }, '400 Bad Request: can\'t find field "message_id"'],
  [{ chat_id: ana.id, text: "x", reply_markup: "{" }, "400 Bad Request: can't parse reply keyboard markup JSON object"],
  [{ chat_id: ana.id, text: "x", link_preview_options: 1 }, "400 Bad Request: object expected as link preview options"],
])("sendMessage with %j fails as on Telegram", (given, description) => {
  expect(new Scene().fails("sendMessage", given)).toBe(description)
})

test("a text may have 4096 characters, whatever their size, and 32768 bytes with its markup", () => {
  const scene = new Scene()
  const text = "😀".repeat(4096)
  expect(scene.call("sendMessage", { chat_id: ana.id, text }).text).toBe(text)
  const fails = (longer: string) => scene.fails("sendMessage", { chat_id: ana.id, text: longer })
  expect(fails(`${text}x`)).toBe("400 Bad Request: message is too long")
  expect(fails("x".repeat(32_769))).toBe("400 Bad Request: text is too long")
})

test("a person who was only seen in a group cannot be written to, and one who blocked the bot cannot either", () => {
  const scene = new Scene()
  const to = (chat_id: number) => scene.fails("sendMessage", { chat_id, text: "x" })
  expect(to(ben.id)).toBe("400 Bad Request: chat not found")
  scene.room(-500, "group").setMember(ben)
  expect(to(ben.id)).toBe("403 Forbidden: bot can't initiate conversation with a user")
  const bot = scene.world.users.get(scene.bot.id)
  if (bot) scene.chat.setMember(bot, { status: "kicked", user: bot, until_date: 0 })
  expect(to(ana.id)).toBe("403 Forbidden: bot was blocked by the user")
  expect(scene.bot.privateChats.has(ben.id)).toBe(false)
})

test.each(["group", "supergroup", "channel"] as const)("a bot that is not in a %s is told so", (type) => {
  const scene = new Scene()
  const room = scene.room(-1_001_000_000_004, type)
  const bot = scene.world.users.get(scene.bot.id)
  const to = { chat_id: room.id, text: "x" }
  if (bot) room.setMember(bot, { status: "kicked", user: bot, until_date: 0 })
  expect(scene.fails("sendMessage", to)).toBe(`403 Forbidden: bot was kicked from the ${type} chat`)
  if (bot) room.setMember(bot, { status: "left", user: bot })
  expect(scene.fails("sendMessage", to)).toBe(`403 Forbidden: bot is not a member of the ${type} chat`)
  room.members.delete(scene.bot.id)
  expect(scene.fails("sendMessage", to)).toBe("400 Bad Request: chat not found")
})

test("a group that became a supergroup tells its new id", () => {
  const scene = new Scene()
  const group = scene.room(-600, "group")
  group.migratedTo = scene.room(-1_001_000_000_005, "supergroup")
  try {
    scene.call("sendMessage", { chat_id: -600, text: "x" })
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({
      code: 400,
      message: "Bad Request: group chat was upgraded to a supergroup chat",
      parameters: { migrate_to_chat_id: -1_001_000_000_005 },
    })
  }
})

test("a bot without the right to post or to write is refused", () => {
  const scene = new Scene()
  scene.room(-1_001_000_000_006, "channel", {}, { can_post_messages: false })
  expect(scene.fails("sendMessage", { chat_id: -1_001_000_000_006, text: "x" })).toBe(
    "400 Bad Request: need administrator rights in the channel chat",
  )
  const group = scene.room(-1_001_000_000_007, "supergroup")
  group.info.permissions = { can_send_messages: true, can_send_polls: false }
  const poll = { chat_id: group.id, question: "?", options: ["a"] }
  expect(scene.fails("sendPoll", poll)).toBe("400 Bad Request: not enough rights to send polls to the chat")
  const bot = scene.world.users.get(scene.bot.id)
  if (bot) group.setMember(bot, restricted(bot, { can_send_polls: true }, 0))
  expect(scene.fails("sendPoll", poll)).toBe("400 Bad Request: not enough rights to send polls to the chat")
  group.info.permissions = { can_send_messages: true, can_send_polls: true }
  expect(scene.call("sendPoll", poll)).toHaveProperty("poll")
  expect(scene.fails("sendMessage", { chat_id: group.id, text: "x" })).toBe(
    "400 Bad Request: not enough rights to send text messages to the chat",
  )
})
