import { Bot } from "@hookgram/bot"
import { HookgramError, type UpdateKind, updateKinds } from "@hookgram/core"
import { expect, test } from "vitest"
import { callbackQuery, message, pretendApi, updateOf } from "./pretend.ts"

function botOf(options?: ConstructorParameters<typeof Bot>[1]) {
  const { api, calls } = pretendApi(({ method }) => (method === "getMe" ? { username: "Echo_Bot" } : true))
  return { bot: new Bot(api, options), calls }
}

test("there is a function for every kind of update, and it gets what is in the update", async () => {
  const { bot } = botOf()
  const seen: [UpdateKind, unknown][] = []
  for (const kind of updateKinds) (bot.on[kind] as Strange)((event: unknown) => void seen.push([kind, event]))
  for (const kind of updateKinds) await bot.handleUpdate(updateOf(kind, { id: kind, chat: { id: 1 }, from: { id: 2 } }))
  expect(seen.map(([kind]) => kind)).toEqual(updateKinds)
  expect(seen.map(([, event]) => (event as { id: unknown }).id)).toEqual(updateKinds)
})

test("the first handler whose filter lets the event through gets it, and no other", async () => {
  const { bot } = botOf()
  const seen: string[] = []
  bot.on.message("/help", () => void seen.push("help"))
  bot.on.message(/hello/i, () => void seen.push("hello"))
  bot.on.message(
    ({ photo }) => photo !== undefined,
    () => void seen.push("photo"),
  )
  bot.on.message(() => void seen.push("any"))
  bot.on.message("/late", () => void seen.push("late"))
  bot.on.edited_message(() => void seen.push("edited"))
  for (const text of ["/help", "Hello!", "what", "/late", "/helpful"]) await bot.handleUpdate(message(text))
  await bot.handleUpdate(message("/help", { photo: [] }))
  await bot.handleUpdate(message("what", { photo: [] }))
  expect(seen).toEqual(["help", "hello", "any", "any", "any", "help", "photo"])
})

test("an update that nothing is registered for is done, and so is one of an unknown kind", async () => {
  const { bot, calls } = botOf()
  bot.on.message("/start", () => expect.unreachable())
  await bot.handleUpdate(message("Hello"))
  await bot.handleUpdate(callbackQuery("a"))
  await bot.handleUpdate(updateOf("telepathy", { from: { id: 1 } }))
  expect(calls).toEqual([])
})

test.each([
  ["/start", ""],
  ["/start deep_link", "deep_link"],
  ["/start  two words\nand a line", "two words\nand a line"],
  ["/start@echo_bot", ""],
  ["/start@Echo_Bot payload", "payload"],
])("%j is the command /start with %j", async (text, expected) => {
  const { bot } = botOf()
  const seen: string[] = []
  bot.on.message("/start", (_, { args }) => void seen.push(args))
  await bot.handleUpdate(message(text))
  expect(seen).toEqual([expected])
})

test.each(["/started", "start", " /start", "/start@other_bot", "/start@echo_bot_2 x", "/START", "/stop /start"])(
  "%j is not the command /start",
  async (text) => {
    const { bot } = botOf()
    bot.on.message("/start", () => expect.unreachable())
    await bot.handleUpdate(message(text))
  },
)

test("a command may stand in a caption", async () => {
  const { bot } = botOf()
  const seen: string[] = []
  bot.on.message("/print", (_, { args }) => void seen.push(args))
  await bot.handleUpdate(message("", { text: undefined, caption: "/print twice" }))
  expect(seen).toEqual(["twice"])
})

test("Telegram is asked for the bot's name once, and only when a command names a bot", async () => {
  const { bot, calls } = botOf()
  bot.on.message("/start", () => {})
  await bot.handleUpdate(message("/start"))
  expect(calls).toEqual([])
  await Promise.all([bot.handleUpdate(message("/start@echo_bot")), bot.handleUpdate(message("/start@another_bot"))])
  await bot.handleUpdate(message("/start@echo_bot"))
  expect(calls).toHaveLength(1)
})

test("a bot that is told its name does not ask", async () => {
  const { bot, calls } = botOf({ username: "mine" })
  const seen: string[] = []
  bot.on.message("/start", (_, { args }) => void seen.push(args))
  await bot.handleUpdate(message("/start@mine yes"))
  expect([seen, calls]).toEqual([["yes"], []])
})

test("when Telegram does not tell the name, the update fails, and the next one asks again", async () => {
  let isDown = true
  const { api } = pretendApi(() => {
    if (isDown) throw new Error("down")
    return { username: "echo_bot" }
  })
  const bot = new Bot(api)
  const seen: string[] = []
  bot.on.message("/start", (_, { args }) => void seen.push(args))
  await expect(bot.handleUpdate(message("/start@echo_bot 1"))).rejects.toThrow("down")
  isDown = false
  await bot.handleUpdate(message("/start@echo_bot 2"))
  expect(seen).toEqual(["2"])
})

test("a regular expression looks at the text, caption, data, query or payload, and the handler gets the match", async () => {
  const { bot } = botOf()
  const seen: unknown[] = []
  const note = (_: unknown, { match }: { match: RegExpExecArray }) => void seen.push(match[1])
  bot.on.message(/n=(\d)/, note)
  bot.on.callback_query(/n=(\d)/, note)
  bot.on.inline_query(/n=(\d)/, note)
  bot.on.pre_checkout_query(/n=(\d)/, note)
  bot.on.purchased_paid_media(/n=(\d)/, note)
  await bot.handleUpdate(message("n=1"))
  await bot.handleUpdate(message("", { text: undefined, caption: "n=2" }))
  await bot.handleUpdate(callbackQuery("n=3"))
  await bot.handleUpdate(updateOf("inline_query", { id: "1", query: "n=4" }))
  await bot.handleUpdate(updateOf("pre_checkout_query", { id: "1", invoice_payload: "n=5" }))
  await bot.handleUpdate(updateOf("purchased_paid_media", { paid_media_payload: "n=6" }))
  await bot.handleUpdate(message("", { text: undefined, photo: [] }))
  await bot.handleUpdate(callbackQuery("", { data: undefined, game_short_name: "n=7" }))
  expect(seen).toEqual(["1", "2", "3", "4", "5", "6"])
})

test("a global or sticky expression starts afresh at every event", async () => {
  const { bot } = botOf()
  let count = 0
  bot.on.message(/a/g, () => void count++)
  bot.on.message(/b/y, () => void count++)
  for (const text of ["a", "a", "b", "b"]) await bot.handleUpdate(message(text))
  expect(count).toBe(4)
})

test.each<[string, (bot: Bot) => void, RegExp]>([
  ["a word that is no command", (bot) => bot.on.message("start" as "/start", () => {}), /start is not/],
  ["a command with a space", (bot) => bot.on.message("/start now", () => {}), /start now is not/],
  [
    "a command for a callback query",
    (bot) => (bot.on.callback_query as never as Strange)("/start", () => {}),
    /callback_query/,
  ],
  ["an expression for a poll", (bot) => (bot.on.poll as never as Strange)(/a/, () => {}), /poll has no text/],
  ["no handler", (bot) => (bot.on.message as never as Strange)("/start"), /takes a handler/],
  ["too much", (bot) => (bot.on.message as never as Strange)("/a", "/b", () => {}), /takes a handler/],
])("%s is refused when it is registered", (_, register, said) => {
  const { bot } = botOf()
  expect(() => register(bot)).toThrow(HookgramError)
  expect(() => register(bot)).toThrow(said)
  expect(bot.allowedUpdates).toEqual([])
})

type Strange = (...parameters: unknown[]) => void

test("wrong options are named, all of them", () => {
  const { api } = pretendApi()
  expect(() => new Bot(api, { username: "@me", webhookReply: "yes", asks: {}, token: 1 } as never)).toThrow(
    /username: .*\n.*webhookReply: .*\n.*asks: must have open and offer.*\n.*token: is not an option/,
  )
  for (const nothing of [undefined, null, "", "token"]) {
    expect(() => new Bot(nothing as never)).toThrow(/token: must be the one from @BotFather/)
  }
})

test("allowedUpdates are the kinds with a handler", () => {
  const { bot } = botOf()
  bot.on.callback_query(/a/, () => {})
  bot.on.message("/start", () => {})
  bot.on.message(() => {})
  bot.on.message_reaction(() => {})
  expect(bot.allowedUpdates).toEqual(["message", "callback_query", "message_reaction"])
})
