import {
  createWebhook,
  type DedupStore,
  memoryDedup,
  type Outcome,
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

/** A store that does nothing before the gate is open. */
function slowStore(): { readonly dedup: DedupStore; open(): void } {
  const { opened, open } = gate()
  const store = memoryDedup()
  return { dedup: { ...store, claim: (key, lease) => opened.then(() => store.claim(key, lease)) }, open }
}

/** Collects what becomes of a promise, without waiting for it. */
function watch<T>(promise: Promise<T>): T[] {
  const values: T[] = []
  void promise.then((value) => values.push(value))
  return values
}

describe("accept", () => {
  test("many of one update run once, and one of them gets the reply", async () => {
    let runs = 0
    const reply = { method: "sendMessage", text: "hi" }
    const webhook = webhookOf(async () => {
      runs++
      return reply
    })
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => webhook.accept(numbered(7))))
    expect(outcomes).toEqual([{ result: "handled", reply }, ...[1, 2, 3, 4].map(() => ({ result: "handled" }))])
    expect(runs).toBe(1)
    expect(webhook.status()).toMatchObject({ counters: { received: 5, joined: 4, started: 1 } })
  })

  test("waits without a deadline", async () => {
    const done = gate()
    const deadlines: number[] = []
    const webhook = webhookOf((_update, { deadline }) => {
      deadlines.push(deadline)
      return done.opened
    })
    const outcomes = watch(webhook.accept(numbered(7)))
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect([outcomes, deadlines]).toEqual([[], [Number.POSITIVE_INFINITY]])
    done.open()
    await settled()
    expect([outcomes, webhook.status(), vi.getTimerCount()]).toMatchObject([[{ result: "handled" }], idle, 0])
  })

  test("a lane that cannot be told fails the update alone, and leaves nothing behind", async () => {
    const error = new Error("no lane")
    const webhook = webhookOf(() => {}, {
      lane: ({ update_id }) => {
        if (update_id === 7) throw error
        return 1
      },
    })
    expect(await webhook.accept(numbered(7))).toEqual({ result: "failed", error })
    expect(webhook.status()).toMatchObject({ ...idle, counters: { faulted: 1 } })
    expect(await webhook.accept(numbered(8))).toEqual({ result: "handled" })
  })

  test.each([
    ["one lane", "one after the other", 10],
    ["lanes of their own", "one after the other", 1],
    ["lanes of their own", "all at once", 1],
  ])("in %s and %s, updates above the limits are busy", async (lanes, arrivals, concurrency) => {
    const done = gate()
    const webhook = webhookOf(() => done.opened, {
      concurrency,
      queueLimit: 2,
      lane: ({ update_id }) => (lanes === "one lane" ? 1 : update_id),
    })
    const outcomes: Promise<Outcome>[] = []
    for (const id of [1, 2, 3, 4, 5]) {
      outcomes.push(webhook.accept(numbered(id)))
      if (arrivals !== "all at once") await settled()
    }
    await settled()
    expect(webhook.status()).toMatchObject({ running: 1, waiting: 2 })
    done.open()
    expect((await Promise.all(outcomes)).map(({ result }) => result)).toEqual([
      "handled",
      "handled",
      "handled",
      "busy",
      "busy",
    ])
  })
})

describe("a store that hangs", () => {
  test.each([0, 5000])(
    "holds a request 5 s with deadline %d and promises nothing; a redelivery joins the run",
    async (deadline) => {
      let runs = 0
      const { dedup, open } = slowStore()
      const webhook = webhookOf(() => void runs++, { dedup, botId: 1, deadline })
      const answers = watch(receive(webhook, 7))
      await vi.advanceTimersByTimeAsync(4999)
      expect(answers).toEqual([])
      await vi.advanceTimersByTimeAsync(1)
      expect(answers).toMatchObject([{ status: 503, headers: { "retry-after": "1" } }])
      const again = watch(receive(webhook, 7))
      open()
      await settled()
      expect([again, runs]).toMatchObject([[{ status: 200 }], 1])
      await vi.advanceTimersByTimeAsync(60_000)
      expect([webhook.status(), vi.getTimerCount()]).toMatchObject([idle, 0])
    },
  )
})

test("two webhooks on one store: the other one is asked to come again, then finds it done", async () => {
  const dedup = memoryDedup()
  const done = gate()
  const [here, there] = [
    webhookOf(() => done.opened, { dedup, botId: 1 }),
    webhookOf(() => expect.unreachable(), { dedup, botId: 1 }),
  ]
  const first = here.accept(numbered(7))
  expect(await there.accept(numbered(7))).toEqual({ result: "elsewhere", retryAfter: 5 })
  done.open()
  expect(await first).toEqual({ result: "handled" })
  expect(await there.accept(numbered(7))).toEqual({ result: "duplicate" })
})

test("two bots on one store do not see each other's updates", async () => {
  const dedup = memoryDedup()
  for (const botId of [1, 2])
    expect(await webhookOf(() => {}, { dedup, botId }).accept(numbered(7))).toEqual({ result: "handled" })
})

test("a lease that is lost aborts the handler, and what comes of it is left to the machine that has it now", async () => {
  const store = memoryDedup()
  const other = { owner: "other", duration: 1_000_000 }
  const letters: unknown[] = []
  const webhook = webhookOf(
    (_update, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    {
      dedup: { ...store, renew: async () => false },
      botId: 1,
      lease: 30_000,
      maxAttempts: 1,
      onDeadLetter: (update) => letters.push(update),
    },
  )
  const outcome = webhook.accept(numbered(7))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await outcome).toMatchObject({ result: "failed", error: { code: "lease_lost" } })
  expect(letters).toEqual([])
  await vi.advanceTimersByTimeAsync(30_000)
  await store.claim({ bot: "1", updateId: 7 }, other)
  expect(await store.renew({ bot: "1", updateId: 7 }, other)).toBe(true)
})
