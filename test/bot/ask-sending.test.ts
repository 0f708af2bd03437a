import { Bot } from "@hookgram/bot"
import { HookgramError } from "@hookgram/core"
import { expect, test, vi } from "vitest"
import { contextOf } from "./asking.ts"
import { message, pretendApi } from "./pretend.ts"

test("Telegram is answered once the question is sent, and not before", async () => {
  const { context } = contextOf()
  let wasDetached: boolean | undefined
  const { api } = pretendApi(() => (wasDetached = context.detached))
  const bot = new Bot(api)
  bot.on.message("/ask", (event) => event.ask("?"))
  const handled = bot.handleUpdate(message("/ask"), context)
  await vi.waitFor(() => expect(context.detached).toBe(true))
  expect(wasDetached).toBe(false)
  await bot.handleUpdate(message("yes"))
  await handled
})

test("a question that cannot be sent fails the update, which is not answered, and waits for nothing", async () => {
  const { api } = pretendApi(() => Promise.reject(new Error("blocked by the user")))
  const bot = new Bot(api)
  bot.on.message((event) => event.ask("?"))
  const { context } = contextOf()
  await expect(bot.handleUpdate(message("hi"), context)).rejects.toThrow("blocked by the user")
  expect([context.detached, bot.openQuestions]).toEqual([false, 0])
})

test("an answer that is here before Telegram says that the question is sent counts", async () => {
  const sent: (() => void)[] = []
  const { api } = pretendApi(() => new Promise<void>((resolve) => sent.push(resolve)))
  const bot = new Bot(api)
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const answered = bot.handleUpdate(message("quick"))
  sent[0]!()
  await Promise.all([handled, answered])
  expect(seen).toEqual(["quick"])
})

test("an answer to a question that could not be sent goes to the handlers", async () => {
  const sent: ((error: Error) => void)[] = []
  const { api } = pretendApi(() => new Promise((_, reject) => sent.push(reject)))
  const bot = new Bot(api)
  const others: unknown[] = []
  bot.on.message("/ask", (event) => event.ask("?"))
  bot.on.message(({ text }) => void others.push(text))
  const handled = bot.handleUpdate(message("/ask"))
  const rejected = expect(handled).rejects.toThrow("no network")
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const other = bot.handleUpdate(message("Hello?"))
  sent[0]!(new Error("no network"))
  await Promise.all([rejected, other])
  expect(others).toEqual(["Hello?"])
})

test("an answer that is delivered again while the question is being sent is taken once, and done each time", async () => {
  const sent: (() => void)[] = []
  const { api } = pretendApi(() => new Promise<void>((resolve) => sent.push(resolve)))
  const bot = new Bot(api)
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  bot.on.message(({ text }) => void seen.push(`other: ${text}`))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const quick = message("quick")
  const answered = [bot.handleUpdate(quick), bot.handleUpdate(quick), bot.handleUpdate(message("second"))]
  await answered[2]
  sent[0]!()
  await Promise.all([handled, ...answered])
  expect(seen).toEqual(["other: second", "quick"])
})

test("when the webhook closes before the question is sent, Telegram is not answered", async () => {
  for (const when of ["before", "while"]) {
    const { context, closing } = contextOf()
    const close = () => closing.abort(new HookgramError("closing", "Closing."))
    const { api, calls } = pretendApi(close)
    const bot = new Bot(api)
    bot.on.message((event) => event.ask("?"))
    if (when === "before") close()
    await expect(bot.handleUpdate(message("/ask"), context)).rejects.toMatchObject({ code: "closing" })
    expect([context.detached, calls.length, bot.openQuestions]).toEqual([false, when === "before" ? 0 : 1, 0])
  }
})
