import {
  createWebhook,
  type DedupStore,
  type HandlerContext,
  memoryDedup,
  type Update,
  type Webhook,
  type WebhookOptions,
} from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { gate } from "./gate.ts"
import { plainRequest, secretToken } from "./plain-request.ts"

const hello = recordedUpdate("message-59-text-hello")
const numbered = (update_id: number): Update => ({ ...hello, update_id })
const receive = (webhook: Webhook, id: number): Promise<{ status: number }> =>
  webhook.receive(plainRequest({ body: numbered(id) }))
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)
const idle = { running: 0, waiting: 0, detached: 0 }

beforeEach(() => {
  vi.useFakeTimers({ now: (hello.message!.date + 10) * 1000 }) // young enough for a Retry-After
})

afterEach(() => {
  vi.useRealTimers()
})

const webhookOf = (handler: WebhookOptions["handler"], options: Partial<WebhookOptions> = {}): Webhook =>
  createWebhook({ secretToken, handler, onEvent: () => {}, ...options })

/** Collects what becomes of a promise, without waiting for it. */
function watch<T>(promise: Promise<T>): T[] {
  const values: T[] = []
  void promise.then((value) => values.push(value))
  return values
}

describe("close", () => {
  test("of an idle webhook is done at once, refuses from then on, and may be called again", async () => {
    const webhook = webhookOf(() => expect.unreachable())
    const closed = webhook.close()
    expect(webhook.close({ timeout: 0 })).toBe(closed)
    await closed
    expect(await webhook.accept(numbered(7))).toEqual({ result: "closing" })
    expect(await receive(webhook, 7)).toMatchObject({ status: 503, headers: { connection: "close" } })
    expect([webhook.status().closing, vi.getTimerCount()]).toEqual([true, 0])
  })

  test("lets what runs and what waits finish", async () => {
    const done = gate()
    const webhook = webhookOf(() => done.opened)
    const outcomes = [webhook.accept(numbered(7)), webhook.accept(numbered(8))]
    const closed = watch(webhook.close().then(() => webhook.status()))
    await vi.advanceTimersByTimeAsync(9000)
    expect(closed).toEqual([])
    done.open()
    expect(await Promise.all(outcomes)).toEqual([{ result: "handled" }, { result: "handled" }])
    await settled()
    expect([closed, vi.getTimerCount()]).toMatchObject([[idle], 0])
  })

  test("is told to handlers at once by closing, long before their signal is aborted", async () => {
    const done = gate()
    const contexts: HandlerContext[] = []
    const webhook = webhookOf((_, context) => {
      contexts.push(context)
      return done.opened
    })
    const outcomes = [webhook.accept(numbered(7)), webhook.accept({ ...numbered(8), message: undefined })]
    await settled()
    const [first, second] = contexts
    const signal = first!.closing
    expect(signal.aborted).toBe(false)
    const closed = webhook.close({ timeout: 5000 })
    expect([signal.aborted, signal.reason, first!.signal.aborted]).toMatchObject([true, { code: "closing" }, false])
    expect(second!.closing.aborted).toBe(true) // also for whoever looks only now
    done.open()
    await Promise.all([...outcomes, closed])
  })

  test("waits for ever when told so", async () => {
    const done = gate()
    const webhook = webhookOf(() => done.opened)
    const outcome = webhook.accept(numbered(7))
    const closed = webhook.close({ timeout: Number.POSITIVE_INFINITY })
    await vi.advanceTimersByTimeAsync(3_600_000)
    done.open()
    expect(await outcome).toEqual({ result: "handled" })
    await closed
  })

  test("aborts after its timeout, and gives back what does not listen so that it can be run elsewhere", async () => {
    const dedup = memoryDedup()
    const contexts: HandlerContext[] = []
    const webhook = webhookOf(
      (_update, context) => {
        contexts.push(context)
        return new Promise(() => {})
      },
      { dedup, botId: 1 },
    )
    const outcomes = [webhook.accept(numbered(7)), webhook.accept(numbered(8))]
    await settled()
    const closed = watch(webhook.close({ timeout: 3000 }).then(() => true))
    await vi.advanceTimersByTimeAsync(2999)
    expect(contexts[0]!.signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(contexts[0]!.signal.reason).toMatchObject({ code: "closing" })
    await vi.advanceTimersByTimeAsync(1000)
    expect(closed).toEqual([true])
    expect(await Promise.all(outcomes)).toEqual([{ result: "closing" }, { result: "closing" }])
    expect([contexts.length, webhook.status(), vi.getTimerCount()]).toMatchObject([1, idle, 0])
    const other = { owner: "other", duration: 1000 }
    expect([
      await dedup.claim({ bot: "1", updateId: 7 }, other),
      await dedup.claim({ bot: "1", updateId: 8 }, other),
    ]).toMatchObject([{ state: "claimed" }, { state: "claimed" }])
  })

  test("makes a dead letter of what Telegram was told 200 for, also of what waits to be run again", async () => {
    const letters: [number, unknown][] = []
    const webhook = webhookOf(() => new Promise(() => {}), {
      deadline: 0,
      onDeadLetter: ({ update_id }, error) => letters.push([update_id, error]),
    })
    expect((await receive(webhook, 7)).status).toBe(200)
    const closed = webhook.close({ timeout: 0 })
    await vi.advanceTimersByTimeAsync(1001)
    await closed
    expect(letters).toMatchObject([[7, { code: "closing" }]])
  })

  test("ends also when the store hangs", async () => {
    const never = new Promise<never>(() => {})
    const dedup: DedupStore = { claim: () => never, renew: () => never, complete: () => never, release: () => never }
    const webhook = webhookOf(() => {}, { dedup, botId: 1 })
    const outcome = webhook.accept(numbered(7))
    const closed = watch(webhook.close({ timeout: 1000 }).then(() => true))
    await vi.advanceTimersByTimeAsync(3000)
    expect([closed, await outcome, webhook.status(), vi.getTimerCount()]).toMatchObject([
      [true],
      { result: "closing" },
      idle,
      0,
    ])
  })
})
