import {
  createWebhook,
  type HandlerContext,
  memoryDedup,
  RetryLater,
  type Update,
  type Webhook,
  type WebhookOptions,
} from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { gate } from "./gate.ts"
import { plainRequest, secretToken } from "./plain-request.ts"

const error = new Error("no")
const message = recordedUpdate("message-59-text-hello", 7)

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

const idle = { running: 0, waiting: 0, detached: 0 }

/** Delivers by HTTP. With deadline 0, the answer comes before the handler is done. */
async function receive(webhook: Webhook, update = message): Promise<number> {
  return (await webhook.receive(plainRequest({ body: update }))).status
}

describe("a failure after Telegram was answered", () => {
  test("is a dead letter at once, for it never comes again", async () => {
    const failed = gate()
    const webhook = webhookOf(
      async () => {
        await failed.opened
        throw error
      },
      { deadline: 0 },
    )
    expect(await receive(webhook)).toBe(200)
    expect(letters).toEqual([])
    failed.open()
    await vi.advanceTimersByTimeAsync(0)
    expect(letters).toEqual([[7, error, 1]])
    expect(webhook.status()).toMatchObject(idle)
  })

  test.each([
    error,
    undefined,
    {
      get code() {
        throw error
      },
    },
  ])("is a dead letter whatever was thrown: %#", async (thrown) => {
    const webhook = webhookOf(throwing(thrown), { deadline: 0 })
    expect(await receive(webhook)).toBe(200)
    await vi.advanceTimersByTimeAsync(0)
    expect(letters).toEqual([[7, thrown, 1]])
  })

  test("that asks for it is run again here, behind those that came meanwhile", async () => {
    const seen: string[] = []
    const webhook = webhookOf(
      (update, { attempt }) => {
        seen.push(`${update.update_id} attempt ${attempt} at ${Date.now()}`)
        if (update.update_id === 7 && attempt < 3) throw new RetryLater(10)
      },
      { deadline: 0 },
    )
    vi.setSystemTime(0)
    expect(await receive(webhook)).toBe(200)
    expect(webhook.status()).toMatchObject({ running: 0, waiting: 0, detached: 1 })
    expect(await receive(webhook, { ...message, update_id: 9 })).toBe(200)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(seen).toEqual(["7 attempt 1 at 0", "9 attempt 1 at 0", "7 attempt 2 at 10000", "7 attempt 3 at 20000"])
    expect([letters, webhook.status().running, webhook.status().detached]).toEqual([[], 0, 0])
    expect(await receive(webhook)).toBe(200)
    expect(webhook.status().counters).toMatchObject({ duplicate: 1, started: 4 })
  })

  test("that asks for it for ever is a dead letter after maxAttempts, and keeps its claim till then", async () => {
    const dedup = memoryDedup()
    const webhook = webhookOf(throwing(new RetryLater(100)), { deadline: 0, maxAttempts: 3, dedup, botId: 1 })
    await receive(webhook)
    await vi.advanceTimersByTimeAsync(199_000)
    expect(await dedup.claim({ bot: "1", updateId: 7 }, { owner: "another", duration: 1 })).toMatchObject({
      state: "running",
    })
    expect(letters).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(letters).toMatchObject([[7, { code: "retry_later" }, 3]])
    expect([webhook.status(), vi.getTimerCount()]).toMatchObject([idle, 0])
  })

  test("detach() answers, leaves the lane, and may be called again and late", async () => {
    const [first, second] = [gate(), gate()]
    const contexts: HandlerContext[] = []
    const webhook = webhookOf(async (update, context) => {
      contexts.push(context)
      if (update.update_id !== 7) return
      await first.opened
      context.detach()
      context.detach()
      await second.opened
    })
    const detached = webhook.accept(message)
    const behind = webhook.accept({ ...message, update_id: 9 })
    await vi.advanceTimersByTimeAsync(0)
    expect(webhook.status()).toMatchObject({ running: 1, waiting: 1, detached: 0 })
    first.open()
    expect([await detached, await behind]).toEqual([{ result: "acknowledged" }, { result: "handled" }])
    await vi.advanceTimersByTimeAsync(0)
    expect(webhook.status()).toMatchObject({ running: 0, waiting: 0, detached: 1 })
    second.open()
    await vi.advanceTimersByTimeAsync(0)
    contexts[0]!.detach()
    expect(webhook.status()).toMatchObject({ ...idle, counters: { acknowledged: 1, finished: 2 } })
  })
})
