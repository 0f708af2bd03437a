import { type Asks, Bot } from "@hookgram/bot"
import { expect, test } from "vitest"
import { memoryAsks } from "../../packages/bot/src/asks.ts"
import { contextOf } from "./asking.ts"
import { message, pretendApi, updateOf } from "./pretend.ts"

const noted = () => {
  const { api, calls } = pretendApi()
  const seen: unknown[] = []
  return {
    calls,
    seen,
    botWith(asks: Asks) {
      const bot = new Bot(api, { asks })
      bot.on.message(({ text }) => void seen.push(text))
      bot.on.edited_message(async (event) => void seen.push((await event.ask("?", { timeout: 50 })).text))
      return bot
    },
  }
}

test("a bot asks and answers through the asks that it is given", async () => {
  const { seen, botWith } = noted()
  const calls: unknown[] = []
  const bot = botWith({
    open: async (key, question) => {
      calls.push(["open", key, question.lifetime])
      setTimeout(() => void question.take(message("42")), 0)
      return (taken) => void calls.push(["close", taken?.message?.text])
    },
    offer: async (key, update) => {
      calls.push(["offer", key, update.message?.text])
      return update.message?.text === "mine"
    },
  })
  await bot.handleUpdate(message("mine"))
  await bot.handleUpdate(message("yours"))
  await bot.handleUpdate(updateOf("edited_message", { ...message("").message!, chat: { id: -5, type: "group" } }))
  expect(seen).toEqual(["yours", "42"])
  expect(calls).toEqual([
    ["offer", "7 7", "mine"],
    ["offer", "7 7", "yours"],
    ["open", "-5 7", 600_050],
    ["close", "42"],
  ])
})

test.each([
  ["an error", () => Promise.reject(new Error("down"))],
  [
    "a throw",
    () => {
      throw new Error("down")
    },
  ],
])("when these fail by %s, the update is to come again, and neither handlers nor catch see it", async (_, fail) => {
  const { calls, seen, botWith } = noted()
  const bot = botWith({ open: fail, offer: fail })
  bot.catch((error) => void seen.push(error))
  for (const update of [message("hi"), updateOf("edited_message", message("").message!)]) {
    const { context } = contextOf()
    const handled = bot.handleUpdate(update, { ...context, attempt: 3 })
    await expect(handled).rejects.toMatchObject({ code: "retry_later", seconds: 8, cause: { message: "down" } })
    expect(context.detached).toBe(false)
  }
  expect([seen, calls, bot.openQuestions]).toEqual([[], [], 0])
})

test("a question that ends otherwise is closed without an answer, once", async () => {
  const { botWith } = noted()
  const closed: unknown[] = []
  const bot = botWith({ open: () => (taken) => void closed.push(taken), offer: async () => false })
  const handled = bot.handleUpdate(updateOf("edited_message", message("").message!))
  await expect(handled).rejects.toMatchObject({ code: "ask_timeout" })
  expect(closed).toEqual([undefined])
})

test("in one process, a question that is over is forgotten, and the one that took its place is not", async () => {
  const asks = memoryAsks()
  const seen: string[] = []
  const open = (name: string) =>
    asks.open("7 7", {
      lifetime: 1000,
      take: async () => (seen.push(`${name} is offered`), true),
      replace: () => void seen.push(`${name} is replaced`),
    })
  const close = await open("first")
  close()
  expect(await asks.offer("7 7", message("hi"))).toBe(false)
  const closeSecond = await open("second")
  await open("third")
  closeSecond()
  expect(await asks.offer("7 7", message("hi"))).toBe(true)
  expect(seen).toEqual(["second is replaced", "third is offered"])
})
