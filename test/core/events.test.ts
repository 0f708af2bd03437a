import { createWebhook, GiveUp, HookgramError, logFailures, RetryLater, type WebhookEvent } from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { Events } from "../../packages/core/src/events.ts"
import { recordedUpdate } from "../support/updates.ts"
import { plainRequest, secretToken } from "./plain-request.ts"

const lines: string[] = []

beforeEach(() => {
  lines.length = 0
  vi.spyOn(console, "error").mockImplementation((line: unknown) => void lines.push(String(line)))
})

afterEach(() => {
  vi.restoreAllMocks()
})

const token = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"
const failed = (error: unknown): WebhookEvent => ({
  type: "failed",
  attempt: 2,
  duration: 5,
  error,
  updateId: 7,
  kind: "message",
})

describe("logFailures", () => {
  test("writes what failed, about which update, and why", () => {
    logFailures(failed(new TypeError("chat is gone")))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^hookgram: failed message 7 \(attempt 2\): TypeError: chat is gone\n {4}at /)
  })

  test.each<[string, WebhookEvent]>([
    ["hookgram: faulted: no", { type: "faulted", error: "no" }],
    [
      "hookgram: storeFailed message 7: no",
      { type: "storeFailed", verb: "complete", error: "no", updateId: 7, kind: "message" },
    ],
    [
      "hookgram: deadLettered update 7: no",
      { type: "deadLettered", attempts: 3, error: "no", updateId: 7, kind: undefined },
    ],
    ["hookgram: refused poll 7: no", { type: "refused", reason: "storeDown", error: "no", updateId: 7, kind: "poll" }],
    ["hookgram: failed message 7 (attempt 2): null", failed(null)],
  ])("%s", (line, event) => {
    logFailures(event)
    expect(lines).toEqual([line])
  })

  test("is silent about what is no failure", () => {
    const ref = { updateId: 7, kind: "message" }
    logFailures({ type: "received", ...ref })
    logFailures({ type: "finished", attempt: 1, duration: 5, ...ref })
    logFailures({ type: "refused", reason: "busy" })
    logFailures({ type: "rejected", reason: "method", status: 405, address: "::1" })
    expect(lines).toEqual([])
  })

  test.each([
    ["secret", 401, /^hookgram: refused a request from ::1 with 401: the secret token is missing or wrong\. If/],
    ["address", 403, /^hookgram: refused a request from ::1 with 403: the address is not in allowedAddresses\. Behind/],
  ] as const)("writes once in ten minutes that somebody was refused for the %s", (reason, status, line) => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(1e9)
    const refuse = (): void => logFailures({ type: "rejected", reason, status, address: "::1" })
    refuse()
    clock.mockReturnValue(1e9 + 599_999)
    refuse()
    expect(lines).toEqual([expect.stringMatching(line)])
    clock.mockReturnValue(1e9 + 600_000)
    refuse()
    expect(lines).toHaveLength(2)
  })

  test("writes what a failure comes from", () => {
    const cause = new Error("no route to host", { cause: "the cable" })
    logFailures(failed(new RetryLater(2, { cause })))
    expect(lines[0]).toMatch(
      /RetryLater: .*2 s\.\n {2}because of Error: no route to host\n[^]*\n {2}because of the cable$/,
    )
  })

  test("an error that is its own cause is written all the same", () => {
    const error: Error & { cause?: unknown } = new Error("round")
    error.cause = error
    logFailures(failed(error))
    expect(lines[0]).toContain("round")
  })

  test("writes what a handler has thrown on purpose in a line, and giving up once", () => {
    const error = new GiveUp("the order is gone")
    logFailures(failed(error))
    logFailures({ type: "deadLettered", attempts: 1, error, updateId: 7, kind: "message" })
    expect(lines).toEqual(["hookgram: deadLettered message 7: GiveUp: the order is gone"])
  })

  test.each([
    `request to https://api.telegram.org/bot${token}/sendMessage failed`,
    `request to https://api.telegram.org/bot${token}/test/getMe failed`,
    `https://api.telegram.org/file/bot${token}/photos/1.jpg`,
    `the token ${token} was refused`,
    `${token},${token}`,
    `{"token":"${token}"}`,
  ])("blots out a bot's token in %s", (text) => {
    logFailures(failed(new Error(text)))
    logFailures(failed(text))
    logFailures(failed(new HookgramError("closing", text)))
    expect(lines).toHaveLength(3)
    for (const line of lines) {
      expect(line).not.toContain("AAF-abcdefghijklmnop")
      expect(line).toContain("<bot token>")
    }
  })

  test.each([[Object.create(null)], [Symbol("no")], [{ toString: () => 7 }], [Proxy.revocable({}, {})]])(
    "writes a line also about %#, which has no text",
    (thrown: unknown) => {
      if (typeof thrown === "object" && thrown !== null && "revoke" in thrown) (thrown.revoke as () => void)()
      logFailures(failed((thrown as { proxy?: unknown }).proxy ?? thrown))
      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain("hookgram: failed message 7 (attempt 2)")
    },
  )

  test("leaves text alone that is no token", () => {
    logFailures(failed("at 12:30 the file main.ts:10:5 failed with 10.0.0.1:8443"))
    expect(lines[0]).toContain("at 12:30 the file main.ts:10:5 failed with 10.0.0.1:8443")
  })
})

test("logFailures is the observer of a webhook that was given none", async () => {
  const webhook = createWebhook({
    secretToken,
    handler: () => {
      throw new Error("the handler's own words")
    },
  })
  await webhook.accept(recordedUpdate("message-59-text-hello", 7))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain("failed message 7 (attempt 1): Error: the handler's own words")
})

test("a webhook without observer says that it has refused somebody", async () => {
  vi.spyOn(performance, "now").mockReturnValue(1e10)
  const webhook = createWebhook({ secretToken, handler: () => {} })
  await webhook.receive(plainRequest({ headers: { "x-telegram-bot-api-secret-token": "wrong" } }))
  expect(lines).toEqual([expect.stringContaining("the secret token is missing or wrong")])
})

describe("an event", () => {
  const update = recordedUpdate("message-59-text-hello", 7)
  const seen: WebhookEvent[] = []
  const events = new Events((event) => {
    seen.push(event)
    throw new Error("an observer's fault")
  })

  test("tells which update it is about and nothing of its content, and is counted, whatever the observer does", () => {
    events.emit("received", update)
    events.emit("started", update, { attempt: 2 })
    events.emit("refused", undefined, { reason: "busy" })
    events.emit("received", update)
    expect(seen).toEqual([
      { type: "received", updateId: 7, kind: "message" },
      { type: "started", updateId: 7, kind: "message", attempt: 2 },
      { type: "refused", reason: "busy" },
      { type: "received", updateId: 7, kind: "message" },
    ])
    expect(events.counters).toEqual({ received: 2, started: 1, refused: 1 })
  })

  test("is counted also where the default observer passes over it", () => {
    const silent = new Events(logFailures)
    silent.emit("received", update)
    silent.emit("faulted", undefined, { error: "no" })
    expect(silent.counters).toEqual({ received: 1, faulted: 1 })
    expect(lines).toEqual(["hookgram: faulted: no"])
  })
})
