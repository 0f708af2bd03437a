import { GiveUp, HookgramError, RetryLater } from "@hookgram/core"
import { BotError, type Context } from "grammy"
import { describe, expect, test } from "vitest"
import { verdictOf } from "../../packages/core/src/errors.ts"

const giveUp = new GiveUp("no such order")
const retryLater = new RetryLater(30)

/** As grammY wraps what a middleware threw. */
const botError = (error: unknown): BotError => new BotError(error, {} as Context)

/** The same class from another copy of this package. */
class ForeignGiveUp extends Error {
  readonly code = "give_up"
}

describe("the verdict in what a handler threw", () => {
  test.each<[string, unknown, unknown]>([
    ["GiveUp itself", giveUp, { retry: false }],
    ["RetryLater itself", retryLater, { retry: true, seconds: 30 }],
    ["in grammY's BotError", botError(giveUp), { retry: false }],
    ["in a BotError in a BotError", botError(botError(retryLater)), { retry: true, seconds: 30 }],
    ["as a cause", new Error("outer", { cause: giveUp }), { retry: false }],
    [
      "as the cause of a cause",
      new Error("outer", { cause: new Error("middle", { cause: retryLater }) }),
      { retry: true, seconds: 30 },
    ],
    ["as the cause of what a BotError wraps", botError(new Error("outer", { cause: giveUp })), { retry: false }],
  ])("%s", (_where, thrown, verdict) => {
    expect(verdictOf(thrown)).toEqual(verdict)
  })

  test("of another copy of this package", () => {
    const foreign = new ForeignGiveUp("no")
    expect(verdictOf(foreign)).toEqual({ retry: false })
    expect(verdictOf(botError(foreign))).toEqual({ retry: false })
  })

  test.each([
    undefined,
    null,
    "give_up",
    7,
    new Error("no"),
    new HookgramError("closing", "no"),
    { code: "ECONNRESET" },
    {},
    [],
    () => giveUp,
  ])("none in %o", (thrown) => {
    expect(verdictOf(thrown)).toBeUndefined()
  })

  test("none in a chain that has no end", () => {
    const loop: { cause?: unknown } = {}
    loop.cause = loop
    expect(verdictOf(loop)).toBeUndefined()
  })
})

test.each([
  [30, 30],
  [0.25, 0.25],
  [3600, 3600],
  [3601, 3600],
  [-1, 0],
  [Number.NaN, 0],
  [Number.POSITIVE_INFINITY, 0],
])("RetryLater(%d) waits %d s: Telegram honours 0 to 3600 (facts, 3.3)", (asked, seconds) => {
  expect(new RetryLater(asked).seconds).toBe(seconds)
})

test("every error is a HookgramError with its code, name, message and cause", () => {
  const cause = new Error("the cause")
  for (const error of [
    new GiveUp("reason", { cause }),
    new RetryLater(1, { cause }),
    new HookgramError("closing", "reason", { cause }),
  ]) {
    expect(error).toBeInstanceOf(HookgramError)
    expect(error).toBeInstanceOf(Error)
    expect(error.cause).toBe(cause)
    expect(String(error)).toBe(`${error.name}: ${error.message}`)
  }
  expect([giveUp.code, giveUp.name, giveUp.message]).toEqual(["give_up", "GiveUp", "no such order"])
  expect([retryLater.code, retryLater.name]).toEqual(["retry_later", "RetryLater"])
})
