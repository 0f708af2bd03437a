import { createWebhook, GiveUp, type HandlerContext, RetryLater, type Update, type Webhook } from "@hookgram/core"
import * as fc from "fast-check"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { plainRequest, secretToken } from "../core/plain-request.ts"
import { recordedUpdate } from "../support/updates.ts"

/** What the handler does in one attempt. */
interface Attempt {
  readonly takes: number
  readonly detaches: boolean
  readonly ends: "well" | "throws" | "retries" | "gives up"
}

interface Planned {
  readonly chat: number
  /** Attempts that are not in the plan succeed. */
  readonly attempts: readonly Attempt[]
  /** When it is delivered; each entry is a sender of its own, as after a change of webhooks. */
  readonly deliveries: readonly { readonly at: number; readonly byHttp: boolean }[]
}

const hello = recordedUpdate("message-59-text-hello")
const updateOf = (id: number, { chat }: Planned): Update =>
  ({ ...hello, update_id: id, message: { ...hello.message!, chat: { ...hello.message!.chat, id: chat } } }) as Update

/** Delivers as Telegram does: again, until told that it need not. */
async function send(webhook: Webhook, update: Update, byHttp: boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const told = byHttp
      ? (await webhook.receive(plainRequest({ body: update }))).status
      : (await webhook.accept(update)).result
    if ([200, "handled", "duplicate", "deadLettered", "acknowledged"].includes(told)) return
    expect([500, 503, "failed", "busy"]).toContain(told)
    await sleep(50)
  }
  throw new Error("The update was never taken.")
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A handler that does as planned, and notes what must not be. */
class Handler {
  readonly successes = new Map<number, number>()
  readonly letters = new Map<number, number>()
  readonly #plan: readonly Planned[]
  readonly #concurrency: number
  readonly #lanes = new Set<number>()

  constructor(plan: readonly Planned[], concurrency: number) {
    this.#plan = plan
    this.#concurrency = concurrency
  }

  async handle({ update_id, message }: Update, { attempt, detach, signal }: HandlerContext): Promise<void> {
    const chat = message!.chat.id
    const { takes, detaches, ends } = this.#plan[update_id]!.attempts[attempt - 1] ?? {
      takes: 1,
      detaches: false,
      ends: "well",
    }
    expect(this.#lanes.has(chat)).toBe(false)
    this.#lanes.add(chat)
    expect(this.#lanes.size).toBeLessThanOrEqual(this.#concurrency)
    try {
      await sleep(takes)
      if (detaches) {
        this.#lanes.delete(chat)
        detach()
        await sleep(takes)
      }
    } finally {
      if (!detaches) this.#lanes.delete(chat)
    }
    expect(signal.aborted).toBe(false)
    if (ends === "throws") throw new Error("as planned")
    if (ends === "retries") throw new RetryLater(takes / 1000)
    if (ends === "gives up") throw new GiveUp("as planned")
    this.successes.set(update_id, (this.successes.get(update_id) ?? 0) + 1)
  }

  bury({ update_id }: Update): void {
    this.letters.set(update_id, (this.letters.get(update_id) ?? 0) + 1)
  }
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  takes: fc.constantFrom(0, 1, 20, 80, 300),
  detaches: fc.boolean(),
  ends: fc.constantFrom("well", "throws", "throws", "retries", "gives up"),
})
const planned: fc.Arbitrary<Planned> = fc.record({
  chat: fc.integer({ min: 1, max: 3 }),
  attempts: fc.array(attempt, { maxLength: 4 }),
  deliveries: fc.array(fc.record({ at: fc.nat(200), byHttp: fc.boolean() }), { minLength: 1, maxLength: 3 }),
})
const options = fc.record({
  concurrency: fc.integer({ min: 1, max: 3 }),
  queueLimit: fc.nat(4),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  deadline: fc.constantFrom(0, 10, 100, 5000),
  onDeadline: fc.constantFrom("acknowledge" as const, "retry" as const),
})

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test("each update succeeds once or is a dead letter once, in its lane, and nothing is left behind", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(planned, { minLength: 1, maxLength: 8 }),
      options,
      async (plan, { deadline, onDeadline, ...limits }) => {
        const handler = new Handler(plan, limits.concurrency)
        const faults: unknown[] = []
        const webhook = createWebhook({
          ...limits,
          deadline,
          onDeadline: deadline === 0 ? "acknowledge" : onDeadline,
          secretToken,
          handler: (update, context) => handler.handle(update, context),
          onDeadLetter: (update) => handler.bury(update),
          onEvent: (event) => {
            if (event.type === "faulted") faults.push(event.error)
            // What the handler above expects in vain is a failure like any other to the webhook, but not to the test.
            if (event.type === "failed" && (event.error as Error).name === "AssertionError") faults.push(event.error)
          },
        })
        const senders = plan.flatMap((each, id) =>
          each.deliveries.map(async ({ at, byHttp }) => {
            await sleep(at)
            await send(webhook, updateOf(id, each), byHttp)
          }),
        )
        const sent = Promise.all(senders)
        await vi.runAllTimersAsync()
        await sent
        expect(faults).toEqual([])
        expect(plan.map((_, id) => (handler.successes.get(id) ?? 0) + (handler.letters.get(id) ?? 0))).toEqual(
          plan.map(() => 1),
        )
        expect(webhook.status()).toMatchObject({ running: 0, waiting: 0, detached: 0 })
        expect(vi.getTimerCount()).toBe(0)
      },
    ),
    { numRuns: 150 },
  )
})
