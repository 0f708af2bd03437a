import { getEventListeners } from "node:events"
import { createWebhook, HookgramError } from "@hookgram/core"
import { afterEach, describe, expect, test, vi } from "vitest"
import { asking, contextOf } from "./asking.ts"
import { botAt, byWebhook, secretToken, serve } from "./live.ts"
import { message, updateOf } from "./pretend.ts"

afterEach(() => {
  vi.useRealTimers()
})

test("a second question to the same person takes the place of the first", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  const first = bot.handleUpdate(message("/ask")).catch((error: unknown) => error)
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  // A command is an answer, too; here the second question comes from a button.
  bot.on.callback_query(async (query) => void seen.push((await query.message!.ask("Really?")).text))
  const { message: sent } = message("?", { from: { id: 99, is_bot: true, first_name: "Bot" } })
  const from = { id: 7, is_bot: false, first_name: "Ana" }
  const second = bot.handleUpdate(updateOf("callback_query", { id: "1", from, message: sent, data: "a" }))
  expect(await first).toMatchObject({ code: "ask_replaced" })
  await bot.handleUpdate(message("yes"))
  await second
  expect([seen, bot.openQuestions]).toEqual([["yes"], 0])
})

describe("time-outs", () => {
  test.each([
    [undefined, 300_000],
    [1500, 1500],
  ])("with timeout %j it rejects after %i ms, not earlier", async (timeout, expected) => {
    vi.useFakeTimers()
    const { bot } = asking()
    const seen: unknown[] = []
    bot.on.message(async (event) => {
      await event.ask("?", timeout === undefined ? {} : { timeout }).catch(({ code }) => seen.push(code))
    })
    const handled = bot.handleUpdate(message("hi"))
    await vi.advanceTimersByTimeAsync(expected - 1)
    expect(seen).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect([seen, bot.openQuestions, vi.getTimerCount()]).toEqual([["ask_timeout"], 0, 0])
    await handled
    await Promise.all([bot.handleUpdate(message("too late")), vi.advanceTimersByTimeAsync(expected)])
    expect(seen).toHaveLength(2) // a question of its own
  })

  test.each([0, -1, 2 ** 31, Number.NaN, "5"])(
    "a timeout of %j is refused before anything is sent",
    async (timeout) => {
      const { bot, calls } = asking()
      bot.on.message((event) => event.ask("?", { timeout: timeout as number }))
      await expect(bot.handleUpdate(message("hi"))).rejects.toMatchObject({ code: "invalid_options" })
      expect(calls).toEqual([])
    },
  )
})

test("a signal of one's own ends the waiting with its reason, also one that was aborted before", async () => {
  const { bot } = asking()
  const stop = new AbortController()
  bot.on.message((event) => event.ask("?", { signal: stop.signal }))
  const handled = bot.handleUpdate(message("hi"))
  const rejected = expect(handled).rejects.toThrow("enough")
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  stop.abort(new Error("enough"))
  await rejected
  await expect(bot.handleUpdate(message("hi"))).rejects.toThrow("enough")
  expect([bot.openQuestions, getEventListeners(stop.signal, "abort").length]).toEqual([0, 0])
})

describe("when the webhook closes", () => {
  test("a question ends at once, and does not hold up the closing", async () => {
    const { telegram, bot } = await botAt()
    const codes: unknown[] = []
    bot.on.message((event) => event.ask("?").catch(({ code }) => codes.push(code)))
    const webhook = createWebhook({ secretToken, handler: bot })
    await bot.api.setWebhook({ url: await serve(webhook), secret_token: secretToken })
    const ana = telegram.user("Ana")
    await ana.send("hi")
    await telegram.until(() => bot.openQuestions === 1)
    await webhook.close({ timeout: Number.POSITIVE_INFINITY })
    expect([codes, bot.openQuestions]).toEqual([["closing"], 0])
  })

  test("so it does when it is asked after that", async () => {
    const { bot } = asking()
    const { context, closing } = contextOf()
    closing.abort(new Error("closing"))
    bot.on.message((event) => event.ask("?"))
    await expect(bot.handleUpdate(message("hi"), context)).rejects.toThrow("closing")
    expect(bot.openQuestions).toBe(0)
  })

  test("polling ends without waiting for an answer", async () => {
    const { telegram, bot } = await botAt()
    const codes: unknown[] = []
    bot.on.message((event) => event.ask("?").catch(({ code }) => codes.push(code)))
    const polling = bot.startPolling()
    await telegram.user("Ana").send("hi")
    await telegram.until(() => bot.openQuestions === 1)
    await bot.stop()
    await polling
    expect(codes).toEqual(["closing"])
  })
})

test("a question that is not answered in time is a dead letter: Telegram has its answer already", async () => {
  const { telegram, bot } = await botAt()
  bot.on.message((event) => event.ask("?", { timeout: 20 }))
  const dead: unknown[] = []
  await byWebhook({ onDeadLetter: (_, error) => dead.push((error as { code: string }).code) })(bot, telegram)
  await telegram.user("Ana").send("hi")
  await telegram.until(() => dead.length > 0)
  expect([dead, telegram.deliveries.length]).toEqual([["ask_timeout"], 1])
})

test("10 000 questions at once leave nothing behind, however they end", async () => {
  const { bot } = asking()
  const { context, closing, stopping } = contextOf()
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length
  const before = timers()
  const ended: Record<string, number> = {}
  const count = (name: string) => (ended[name] = (ended[name] ?? 0) + 1)
  bot.on.message(/^\d+$/, (event, { match }) =>
    event.ask("?", { timeout: Number(match[0]) }).then(
      () => count("answered"),
      ({ code }) => count(code),
    ),
  )
  const each = (text: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => {
      const id = 1 + from + index
      return bot.handleUpdate(message(text, { from: { id }, chat: { id, type: "private" } }), context)
    })
  const handled = [...each("60000", 0, 6000), ...each("100", 6000, 9000), ...each("60000", 9000, 10_000)]
  await vi.waitFor(() => expect(bot.openQuestions).toBeGreaterThan(6000))
  await Promise.all(each("answer", 0, 5000))
  await Promise.all(each("60000", 5000, 5500)) // a number is an answer as good as another
  handled.push(...each("60000", 0, 500))
  await vi.waitFor(() => expect(ended).toEqual({ answered: 5500, ask_timeout: 3000 }))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(2000))
  closing.abort(new HookgramError("closing", "Closing."))
  await Promise.all(handled)
  expect(ended).toEqual({ answered: 5500, ask_timeout: 3000, closing: 2000 })
  expect(bot.openQuestions).toBe(0)
  expect(timers()).toBeLessThan(before + 10) // some are the runner's own
  const signals = [closing.signal, stopping.signal]
  expect(signals.map((signal) => getEventListeners(signal, "abort").length)).toEqual([0, 0])
}, 20_000)
