import {
  createWebhook,
  type DedupStore,
  GiveUp,
  memoryDedup,
  type Outcome,
  RetryLater,
  type Update,
  type Webhook,
  type WebhookOptions,
} from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { secretToken } from "./plain-request.ts"

const error = new Error("no")
const message = recordedUpdate("message-59-text-hello", 7)
const inline = recordedUpdate("inline_query-01-chat-type-sender-premium", 8)

/** What `onDeadLetter` was given. */
let letters: [number, unknown, number][] = []

beforeEach(() => {
  vi.useFakeTimers()
  letters = []
})

afterEach(() => {
  vi.useRealTimers()
})

const bury = (update: Update, cause: unknown, attempts: number): void =>
  void letters.push([update.update_id, cause, attempts])

function webhookOf(handler: WebhookOptions["handler"], options: Partial<WebhookOptions> = {}): Webhook {
  return createWebhook({ secretToken, handler, onDeadLetter: bury, onEvent: () => {}, ...options })
}

const throwing = (thrown: unknown) => (): never => {
  throw thrown
}

/** Delivers and gives the store time to note what came of it. */
async function accept(webhook: Webhook, update = message): Promise<Outcome> {
  const outcome = await webhook.accept(update)
  await vi.advanceTimersByTimeAsync(0)
  return outcome
}

const idle = { running: 0, waiting: 0, detached: 0 }

describe("an update that is not run at all", () => {
  test("one whose attempts have all ended in a crash is a dead letter", async () => {
    const dedup: DedupStore = { ...memoryDedup(), claim: async () => ({ state: "claimed", attempt: 4 }) }
    const webhook = webhookOf(() => expect.unreachable(), { dedup, botId: 1, maxAttempts: 3 })
    expect(await accept(webhook)).toMatchObject({ result: "deadLettered", error: { code: "attempts_exhausted" } })
    expect(letters).toMatchObject([[7, { code: "attempts_exhausted" }, 4]])
  })

  test("one older than maxAge is a dead letter, and stays done", async () => {
    vi.setSystemTime((message.message!.date + 61) * 1000)
    const webhook = webhookOf(() => expect.unreachable(), { maxAge: 60_000 })
    expect(await accept(webhook)).toMatchObject({ result: "deadLettered", error: { code: "too_old" } })
    expect(letters).toMatchObject([[7, { code: "too_old" }, 1]])
    expect(await accept(webhook)).toEqual({ result: "duplicate" })
  })

  test("one just as old as maxAge is run, and so is one without a date", async () => {
    vi.setSystemTime((message.message!.date + 60) * 1000)
    const webhook = webhookOf(() => {}, { maxAge: 60_000 })
    expect(await accept(webhook)).toEqual({ result: "handled" })
    expect(await accept(webhook, inline)).toEqual({ result: "handled" })
  })
})

describe("a failure while somebody waits", () => {
  test("is given back as it was thrown, and the next delivery is the next attempt", async () => {
    const attempts: number[] = []
    const webhook = webhookOf((_update, { attempt }) => {
      attempts.push(attempt)
      if (attempt < 3) throw error
    })
    expect(await accept(webhook)).toEqual({ result: "failed", error })
    expect(await accept(webhook)).toEqual({ result: "failed", error })
    expect(await accept(webhook)).toEqual({ result: "handled" })
    expect(await accept(webhook)).toEqual({ result: "duplicate" })
    expect([attempts, letters]).toEqual([[1, 2, 3], []])
  })

  test("is a dead letter at the last attempt, also if it asks for more", async () => {
    const later = new RetryLater(5)
    const webhook = webhookOf(throwing(later), { maxAttempts: 2 })
    expect(await accept(webhook)).toEqual({ result: "failed", error: later, retryAfter: 5 })
    expect(await accept(webhook)).toEqual({ result: "deadLettered", error: later })
    expect(await accept(webhook)).toEqual({ result: "duplicate" })
    expect(letters).toEqual([[7, later, 2]])
  })

  test("that gives up is a dead letter at once", async () => {
    const giveUp = new GiveUp("no such order")
    const webhook = webhookOf(throwing(giveUp))
    expect(await accept(webhook)).toEqual({ result: "deadLettered", error: giveUp })
    expect(letters).toEqual([[7, giveUp, 1]])
  })

  test("that gives up while onDeadLetter fails is not lost: it comes again", async () => {
    let fails = true
    const webhook = webhookOf(throwing(new GiveUp("no")), {
      onDeadLetter: () => {
        if (fails) throw error
      },
    })
    expect(await accept(webhook)).toEqual({ result: "failed", error })
    fails = false
    expect(await accept(webhook)).toMatchObject({ result: "deadLettered" })
    expect(webhook.status()).toMatchObject({ ...idle, counters: { deadLetterFailed: 1, deadLettered: 1 } })
  })

  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a text", "no"],
    [
      "an object whose fields throw",
      {
        get code() {
          throw error
        },
      },
    ],
    ["a proxy that was revoked", revoked.proxy],
  ])("of whatever kind, such as %s, frees the lane and can be tried again", async (_what, thrown) => {
    const failing = new Set([7])
    const webhook = webhookOf((update) => {
      if (failing.delete(update.update_id)) throw thrown
    })
    const [first, behind] = await Promise.all([webhook.accept(message), webhook.accept({ ...message, update_id: 9 })])
    expect([first.result, behind.result]).toEqual(["failed", "handled"])
    await vi.advanceTimersByTimeAsync(0)
    expect(webhook.status()).toMatchObject(idle)
    expect(await accept(webhook)).toEqual({ result: "handled" })
  })
})
