import { createApi, poll, type PollOptions, TelegramError } from "@hookgram/api"
import { createWebhook, HookgramError } from "@hookgram/core"
import { ApiError, startSimulator } from "@hookgram/simulator"
import { describe, expect, onTestFinished, test } from "vitest"
import { polling, polls, telegramWith, textOf } from "./polled.ts"

describe("errors", () => {
  test("another one who polls is named, and polling goes on", async () => {
    const telegram = await telegramWith()
    const errors: unknown[] = []
    const seen: string[] = []
    polling(telegram, (update) => seen.push(textOf(update)), { onError: (error) => errors.push(error) })
    await telegram.until(() => polls(telegram).length === 1)
    const stop = new AbortController()
    const other = createApi(telegram.token, { baseUrl: telegram.url }).getUpdates(
      { timeout: 30 },
      { signal: stop.signal },
    )
    other.catch(() => {})
    await telegram.until(() => errors.length === 1)
    expect(errors[0]).toMatchObject({
      code: "polling_conflict",
      message: expect.stringContaining("Somebody else polls"),
    })
    stop.abort()
    await telegram.user("Ana").send("1")
    await telegram.until(() => seen.length === 1, 10_000)
  }, 20_000)

  test("what passes is reported and tried again after the time that Telegram asks for", async () => {
    const telegram = await telegramWith(["1"])
    const error = new ApiError(429, "Too Many Requests: retry after 1", { retry_after: 1 })
    telegram.refuse({ method: "getUpdates", error })
    const errors: unknown[] = []
    const seen: string[] = []
    const start = telegram.now
    polling(telegram, (update) => seen.push(textOf(update)), { onError: (each) => errors.push(each) })
    await telegram.until(() => seen.length === 1)
    expect(errors).toMatchObject([{ errorCode: 429 }])
    expect(telegram.now - start).toBeGreaterThanOrEqual(950)
  })

  test("what passes at the start is tried again, too", async () => {
    const telegram = await telegramWith(["1"])
    telegram.refuse({ method: "getWebhookInfo", error: new ApiError(502, "Bad Gateway") })
    const errors: unknown[] = []
    const seen: string[] = []
    polling(telegram, (update) => seen.push(textOf(update)), { onError: (each) => errors.push(each) })
    await telegram.until(() => seen.length === 1)
    expect(errors).toMatchObject([{ errorCode: 502 }])
  })

  test("stopping does not wait for the next try", async () => {
    const telegram = await telegramWith()
    telegram.refuse({
      method: "getUpdates",
      error: new ApiError(429, "Too Many Requests: retry after 50", { retry_after: 50 }),
    })
    const errors: unknown[] = []
    const { stop } = polling(telegram, () => {}, { onError: (error) => errors.push(error) })
    await telegram.until(() => errors.length === 1)
    await stop()
  })

  test("a wrong token ends it", async () => {
    const telegram = await startSimulator({ strict: true })
    onTestFinished(() => telegram.close())
    const api = createApi("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", { baseUrl: telegram.url })
    const webhook = createWebhook({ secretToken: false, handler: () => {} })
    await expect(poll(api, webhook)).rejects.toBeInstanceOf(TelegramError)
  })

  test("wrong options are named, all of them", async () => {
    const telegram = await telegramWith()
    const { ended } = polling(telegram, () => {}, { limit: 101, timeout: 60_000, offset: 1 } as PollOptions)
    await expect(ended).rejects.toThrow(/limit: .*\n.*timeout: .*\n.*offset: is not an option/)
    await expect(ended).rejects.toBeInstanceOf(HookgramError)
  })
})
