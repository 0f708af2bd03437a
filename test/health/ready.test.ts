import { createHealth, type Health } from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { gate } from "../support/gate.ts"
import { recordedUpdate } from "../support/updates.ts"
import { Asked, info, never, problems, storeThat, webhookWith } from "./info.ts"

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-07-14T12:00:00Z") }))
afterEach(() => void vi.useRealTimers())

describe("the store", () => {
  function at(ping: () => Promise<unknown>): Health {
    return createHealth({ webhook: webhookWith({ dedup: storeThat(ping), botId: 1 }) })
  }

  const unreachable = ["The store of the webhook cannot be reached"]

  test("that has no ping counts as reachable", async () => {
    const { ping: _ping, ...dedup } = storeThat(never)
    expect(await problems(createHealth({ webhook: webhookWith({ dedup, botId: 1 }) }))).toEqual([])
  })

  test("that fails, and comes back, is asked once a second", async () => {
    const ping = vi.fn(() => Promise.reject(new Error("connect ECONNREFUSED")))
    const health = at(ping)
    expect(await problems(health)).toEqual(unreachable)
    expect(await health.respond("GET", "/ready")).toMatchObject({ status: 503 })
    ping.mockImplementation(async () => undefined as never)
    await vi.advanceTimersByTimeAsync(999)
    expect(await problems(health)).toEqual(unreachable)
    expect(ping).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await problems(health)).toEqual([])
    expect(ping).toHaveBeenCalledTimes(2)
  })

  test("that throws is one that fails", async () => {
    const health = at(() => {
      throw new Error("not connected")
    })
    expect(await problems(health)).toEqual(unreachable)
  })

  test("that hangs is waited for 5 s", async () => {
    const answer = at(never).respond("GET", "/ready")
    await vi.advanceTimersByTimeAsync(5000)
    expect(await answer).toMatchObject({ status: 503 })
  })
})

test("what else has to be there keeps it from being ready by its name, however it fails", async () => {
  const redis = vi.fn((): unknown => Promise.reject(new Error("redis://:password@db")))
  const checks = { redis, model: vi.fn((): unknown => "fine") }
  const health = createHealth({ webhook: webhookWith(), checks })
  expect(await problems(health)).toEqual(["redis cannot be reached"])
  checks.model.mockImplementation(() => {
    throw new Error("no")
  })
  redis.mockImplementation(() => never())
  await vi.advanceTimersByTimeAsync(1000)
  const ready = health.respond("GET", "/ready")
  await vi.advanceTimersByTimeAsync(5000)
  expect(await ready).toMatchObject({ status: 503 })
  expect((await ready)?.body).toContain('["redis cannot be reached","model cannot be reached"]')
})

test("closing: not ready while the handler still runs, and live", async () => {
  const handled = gate()
  const webhook = webhookWith({ handler: () => handled.passed })
  const health = createHealth({ webhook })
  const outcome = webhook.accept(recordedUpdate("message-59-text-hello"))
  await vi.advanceTimersByTimeAsync(0)
  const closed = webhook.close()
  expect(await problems(health)).toEqual(["The webhook is closing"])
  expect((await health.check()).webhook).toMatchObject({ running: 1, closing: true })
  expect(await health.respond("GET", "/live")).toMatchObject({ status: 200 })
  handled.open()
  expect(await outcome).toMatchObject({ result: "handled" })
  await closed
})

test("whatever Telegram says: it is ready, and Telegram is not asked for that", async () => {
  const api = new Asked(() => info({ url: "" }))
  const health = createHealth({ webhook: webhookWith(), api })
  expect(await health.respond("GET", "/ready")).toMatchObject({ status: 200 })
  expect(api.times).toBe(0)
  expect(await problems(health)).toEqual(["Telegram has no webhook set"])
  expect((await health.check()).ready).toBe(true)
  expect(await health.respond("GET", "/ready")).toMatchObject({ status: 200 })
})
