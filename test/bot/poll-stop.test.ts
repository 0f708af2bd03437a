import { createApi, type Fetch, poll, TelegramError } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import { createWebhook, type Outcome, type Webhook } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { gate } from "../core/gate.ts"
import { offsets, polling, polls, stored, telegramWith, textOf } from "./polled.ts"

describe("stopping", () => {
  test("lets what runs finish, tells Telegram what is done, and leaves the rest to it", async () => {
    const telegram = await telegramWith(["1", "2"])
    const open = gate()
    const seen: string[] = []
    const { stop } = polling(telegram, (update) => (seen.push(textOf(update)), open.opened), { limit: 1 })
    await telegram.until(() => seen.length === 1)
    const ended = stop()
    open.open()
    await ended
    expect([seen, stored(telegram)]).toEqual([["1"], 1])
  })

  test("cuts a waiting call short, and does not confirm what is confirmed", async () => {
    const telegram = await telegramWith(["1"])
    const { stop } = polling(telegram, () => {})
    await telegram.until(() => stored(telegram) === 0 && polls(telegram).length === 2)
    await stop()
    expect(offsets(telegram)).toEqual([undefined, expect.any(Number)])
  })

  test("lets a call that has just begun get to Telegram, with what is done", async () => {
    const telegram = await telegramWith(["1"])
    const stop = new AbortController()
    let count = 0
    const fetch: Fetch = (url, init) => {
      if (url.endsWith("getUpdates") && ++count === 2) stop.abort()
      return globalThis.fetch(url, init)
    }
    const webhook = createWebhook({ secretToken: false, handler: () => {} })
    await poll(createApi(telegram.token, { baseUrl: telegram.url, fetch }), webhook, { signal: stop.signal })
    expect(stored(telegram)).toBe(0)
    expect(polls(telegram)).toHaveLength(2)
  })

  test.each(["a signal", "bot.stop()"])("by %s gives nothing out again that is done", async (way) => {
    const telegram = await telegramWith()
    const ana = telegram.user("Ana")
    for (const text of ["1", "2", "3"]) await ana.send(text)
    await telegram.user("Ben").send("4")
    await ana.send("5")
    const api = createApi(telegram.token, { baseUrl: telegram.url })
    const [open, seen] = [gate(), [] as string[]]
    const bot = new Bot(api)
    bot.on.message(async ({ text }) => {
      if (text === "1") await open.opened
      seen.push(text!)
    })
    const signal = new AbortController()
    const ended = bot.startPolling({ signal: signal.signal })
    await telegram.until(() => seen.includes("4"))
    if (way === "a signal") signal.abort()
    else void bot.stop()
    open.open()
    await ended
    expect(seen).toEqual(["4", "1", "2", "3"])
    expect(stored(telegram)).toBe(1)
  })

  test("before the start fetches nothing", async () => {
    const telegram = await telegramWith(["1"])
    const { ended } = polling(telegram, () => {}, { signal: AbortSignal.abort() })
    await ended
    expect(polls(telegram)).toEqual([])
  })

  test("a webhook that is closed ends it, with what was not taken left to Telegram", async () => {
    const telegram = await telegramWith(["1"])
    const outcomes: Outcome["result"][] = ["handled", "closing"]
    const accept = async (): Promise<Outcome> => ({ result: outcomes.shift() }) as Outcome
    const { ended } = polling(telegram, { accept, close: async () => {} } as unknown as Webhook)
    await telegram.until(() => stored(telegram) === 0)
    await telegram.user("Ben").send("2")
    await ended
    expect(stored(telegram)).toBe(1)
  })
})

describe("a webhook that is set", () => {
  test("keeps polling from starting, and stays", async () => {
    const telegram = await telegramWith()
    const api = createApi(telegram.token, { baseUrl: telegram.url })
    await api.setWebhook({ url: "http://127.0.0.1:9/" })
    const { ended } = polling(telegram, () => {})
    await expect(ended).rejects.toMatchObject({
      code: "polling_conflict",
      message: expect.stringContaining("deleteWebhook: true"),
    })
    expect(telegram.webhookInfo().url).not.toBe("")
  })

  test("is removed when polling is told so, and its updates are polled", async () => {
    const telegram = await telegramWith()
    const api = createApi(telegram.token, { baseUrl: telegram.url })
    await api.setWebhook({ url: "http://127.0.0.1:9/" })
    await telegram.user("Ana").send("1")
    const seen: string[] = []
    polling(telegram, (update) => seen.push(textOf(update)), { deleteWebhook: true })
    await telegram.until(() => seen.length === 1)
    expect(telegram.webhookInfo().url).toBe("")
  })

  test("ends polling when it is set meanwhile, with the reason", async () => {
    const telegram = await telegramWith()
    const { ended } = polling(telegram, () => {}, { deleteWebhook: true })
    await telegram.until(() => polls(telegram).length === 1)
    await createApi(telegram.token, { baseUrl: telegram.url }).setWebhook({ url: "http://127.0.0.1:9/" })
    await expect(ended).rejects.toMatchObject({ code: "polling_conflict", cause: expect.any(TelegramError) })
  })
})
