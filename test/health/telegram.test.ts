import { createHealth, type Health, type HealthOptions } from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { Asked, info, never, problems, seconds, webhookWith } from "./info.ts"

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-07-14T12:00:00Z") }))
afterEach(() => void vi.useRealTimers())

const REFRESH = 30_000
const STALE = 3 * REFRESH

describe("what Telegram says", () => {
  function at(api: Asked, options: Partial<HealthOptions> = {}): Health {
    return createHealth({ webhook: webhookWith(), api, ...options })
  }

  test("is left out without api", async () => {
    const report = await createHealth({ webhook: webhookWith() }).check()
    expect(report).toMatchObject({ healthy: true, ready: true, problems: [] })
    expect(report.telegram).toBeUndefined()
  })

  test("is shown", async () => {
    const last_error_date = seconds(-10)
    const api = new Asked(() =>
      info({ pending_update_count: 7, last_error_date, last_error_message: "Connection refused" }),
    )
    expect((await at(api).check()).telegram).toEqual({
      isSet: true,
      pendingUpdates: 7,
      lastError: { at: new Date(last_error_date * 1000), message: "Connection refused" },
      seenAt: new Date(),
    })
  })

  test("counts when it is that no webhook is set", async () => {
    expect(await problems(at(new Asked(() => info({ url: "" }))))).toEqual(["Telegram has no webhook set"])
  })

  test("counts when it is an error, from the start of this process on, for 5 minutes", async () => {
    let date = seconds(-1)
    const api = new Asked(() => info({ last_error_date: date, last_error_message: "Read timeout expired" }))
    const health = at(api)
    expect(await problems(health)).toEqual([]) // that of the process before
    await vi.advanceTimersByTimeAsync(REFRESH)
    date = seconds(-2)
    const failed = [`Telegram failed to deliver at ${new Date(date * 1000).toISOString()}: Read timeout expired`]
    expect(await problems(health)).toEqual(failed)
    await vi.advanceTimersByTimeAsync(297_000)
    expect(await problems(health)).toEqual(failed)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await problems(health)).toEqual([])
    expect((await health.check()).telegram?.lastError?.message).toBe("Read timeout expired")
  })

  test.each([
    ["Wrong response from the webhook: 503 Service Unavailable", true],
    ["Wrong response from the webhook: 503 ", true],
    ["Wrong response from the webhook: 500 Internal Server Error", false],
    ["Wrong response from the webhook: 5030 ", false],
    ["Wrong response from the webhook: 401 503", false],
    ["503", false],
  ])("%s: healthy is %s, since a webhook says 503 when it wants an update again", async (message, isHealthy) => {
    const api = new Asked(() => info({ last_error_date: seconds(0), last_error_message: message }))
    expect((await at(api).check()).healthy).toBe(isHealthy)
  })

  test("is asked once in `refresh`, however many want to know", async () => {
    const api = new Asked()
    const health = at(api, { refresh: 1000 })
    const ask = () => Promise.all(Array.from({ length: 100 }, () => health.check()))
    await ask()
    expect(api.times).toBe(1)
    await vi.advanceTimersByTimeAsync(999)
    await ask()
    expect(api.times).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    await ask()
    expect(api.times).toBe(2)
  })

  test("is asked again also when the clock was set back", async () => {
    const api = new Asked()
    const health = at(api)
    await health.check()
    vi.setSystemTime(Date.now() - 86_400_000)
    await vi.advanceTimersByTimeAsync(REFRESH)
    await health.check()
    expect(api.times).toBe(2)
  })

  test("cannot be had: from the start, and then it can", async () => {
    const api = new Asked(() => Promise.reject(new Error("getaddrinfo ENOTFOUND")))
    const health = at(api)
    expect(await problems(health)).toEqual(["Telegram cannot be asked"])
    expect((await health.check()).telegram).toBeUndefined()
    expect((await health.check()).ready).toBe(true)
    api.answer = () => info()
    await vi.advanceTimersByTimeAsync(REFRESH)
    expect(await problems(health)).toEqual([])
  })

  test("does not come: nobody waits longer than 5 s, and all wait together", async () => {
    const api = new Asked(never)
    const health = at(api)
    const reports = Promise.all([health.check(), health.check()])
    await vi.advanceTimersByTimeAsync(5000)
    expect((await reports).map((report) => report.problems)).toEqual([
      ["Telegram cannot be asked"],
      ["Telegram cannot be asked"],
    ])
    expect(api.times).toBe(1)
  })

  test("cannot be had any more: what it said last holds for three times `refresh`", async () => {
    const seenAt = new Date()
    const api = new Asked()
    const health = at(api)
    expect(await problems(health)).toEqual([])
    api.answer = () => Promise.reject(new Error("no route to host"))
    await vi.advanceTimersByTimeAsync(STALE)
    expect(await problems(health)).toEqual([])
    expect((await health.check()).telegram?.seenAt).toEqual(seenAt)
    await vi.advanceTimersByTimeAsync(1)
    expect(await problems(health)).toEqual([`Telegram could not be asked since ${seenAt.toISOString()}`])
  })
})
