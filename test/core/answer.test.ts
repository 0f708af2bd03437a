import type { Outcome, Update } from "@hookgram/core"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { answer, asciiJson, longestWait, rejections } from "../../packages/core/src/answer.ts"
import { recorded, recordedUpdate } from "../support/updates.ts"

const now = 1_760_000_000
const error = new Error("no")

/** A recorded message whose date is so many seconds before `now`. */
function aged(seconds: number): Update {
  const update = structuredClone(recordedUpdate("message-59-text-hello"))
  update.message!.date = now - seconds
  return update
}

describe("what is answered to an outcome (design, 4)", () => {
  const fresh = structuredClone(recordedUpdate("message-59-text-hello"))
  fresh.message!.date = Math.floor(Date.now() / 1000)

  test.each<[Outcome, number, Record<string, string>]>([
    [{ result: "handled" }, 200, {}],
    [{ result: "acknowledged" }, 200, {}],
    [{ result: "duplicate" }, 200, {}],
    [{ result: "deadLettered", error }, 200, {}],
    [{ result: "failed", error }, 500, {}],
    [{ result: "failed", error, retryAfter: 30 }, 503, { "retry-after": "30" }],
    [{ result: "failed", error, retryAfter: 2.9 }, 503, { "retry-after": "2" }],
    [{ result: "failed", error, retryAfter: 0.5 }, 503, {}],
    [{ result: "failed", error, retryAfter: 999_999 }, 503, { "retry-after": "3600" }],
    [{ result: "failed", error, retryAfter: Number.NaN }, 503, {}],
    [{ result: "unfinished", retryAfter: 1 }, 503, { "retry-after": "1" }],
    [{ result: "elsewhere", retryAfter: 5 }, 503, { "retry-after": "5" }],
    [{ result: "storeDown", error, retryAfter: 5 }, 503, { "retry-after": "5" }],
    [{ result: "busy" }, 503, { "retry-after": "1" }],
    [{ result: "closing" }, 503, { "retry-after": "1", connection: "close" }],
  ])("%j: %d %j", (outcome, status, headers) => {
    expect(answer(outcome, fresh)).toEqual({ status, headers: { "content-length": "0", ...headers } })
  })

  test("a reply rides on the answer as JSON that Telegram reads: facts, 4", () => {
    const reply = { method: "sendMessage", chat_id: 7, text: "Grüße, 世界 🎉 \u007f" }
    const { status, headers, body } = answer({ result: "handled", reply }, fresh)
    expect(status).toBe(200)
    expect(headers).toEqual({ "content-type": "application/json", "content-length": String(Buffer.byteLength(body!)) })
    expect(JSON.parse(body!)).toEqual(reply)
  })
})

test("a rejection closes the connection and has no body", () => {
  const statuses = Object.values(rejections).map(({ reason, response }) => [reason, response.status])
  expect(Object.fromEntries(statuses)).toEqual({
    method: 405,
    address: 403,
    secret: 401,
    contentType: 415,
    tooLarge: 413,
    timeout: 408,
    aborted: 408,
    invalid: 400,
  })
  for (const { response } of Object.values(rejections)) {
    expect(response.headers).toMatchObject({ connection: "close", "content-length": "0" })
    expect(response.body).toBeUndefined()
  }
  expect(rejections.method.response.headers["allow"]).toBe("POST")
})

test("JSON in ASCII is the same value and as many bytes as characters", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { maxLength: 30 }), (units) => {
      const text = String.fromCharCode(...units) // half surrogate pairs included
      const json = asciiJson({ [text]: text })
      expect(JSON.parse(json)).toEqual({ [text]: text })
      expect(json).toMatch(/^[ -~]*$/)
      expect(Buffer.byteLength(json)).toBe(json.length)
    }),
  )
})

describe("the longest Retry-After that cannot cost the update (facts, 3.3 and 3.4)", () => {
  test.each([
    [0, 3600],
    [82_739, 3600],
    [82_740, 3600],
    [82_741, 3599],
    [86_000, 340],
    [86_339, 1],
    [86_340, 0],
    [90_000, 0],
    [-100, 3600],
  ])("a message %d s old: %d s", (age, seconds) => {
    expect(longestWait(aged(age), now * 1000)).toBe(seconds)
  })

  test("an inline query lives 30 s: no wait at all", () => {
    expect(longestWait(recordedUpdate("inline_query-01-chat-type-sender-premium"))).toBe(0)
    const { headers } = answer(
      { result: "failed", error, retryAfter: 5 },
      recordedUpdate("inline_query-01-chat-type-sender-premium"),
    )
    expect(headers["retry-after"]).toBeUndefined()
  })

  test.each(["callback_query", "shipping_query", "pre_checkout_query"])("%s lives 150 s: a few seconds", (kind) => {
    for (const { update } of recorded.filter(({ name }) => name.startsWith(`${kind}-`))) {
      expect(longestWait(update, now * 1000)).toBe(5)
    }
  })

  test("a kind whose lifetime is not known waits as those of the shortest after the inline query", () => {
    expect(longestWait(recordedUpdate("unknown-01-future-kind"))).toBe(5)
    expect(longestWait(recordedUpdate("subscription-01-subscription"))).toBe(5)
    expect(longestWait({ update_id: 1 })).toBe(5)
  })

  test("an edited message counts from its edit", () => {
    const update = structuredClone(recordedUpdate("edited_message-09-text-edited"))
    update.edited_message!.date = now - 8_000_000
    update.edited_message!.edit_date = now - 86_000
    expect(longestWait(update, now * 1000)).toBe(340)
  })

  test("never longer than any recorded update has to live, whatever its age", () => {
    const lifetimes: Record<string, number> = {
      inline_query: 30,
      callback_query: 150,
      shipping_query: 150,
      pre_checkout_query: 150,
      chosen_inline_result: 600,
    }
    for (const { name, update } of recorded) {
      const wait = longestWait(update)
      expect(wait, name).toBeLessThan(lifetimes[name.split("-")[0]!] ?? 86_400)
      expect(wait, name).toBeLessThanOrEqual(3600)
      expect(wait, name).toBeGreaterThanOrEqual(0)
    }
  })
})
