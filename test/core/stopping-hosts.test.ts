import { setImmediate } from "node:timers/promises"
import {
  createWebhook,
  type DedupStore,
  type HandlerContext,
  HookgramError,
  memoryDedup,
  type Update,
  type Webhook,
  type WebhookEvent,
  type WebhookOptions,
  type WebhookRequest,
  type WebhookResponse,
} from "@hookgram/core"
import { afterEach, describe, expect, test, vi } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { gate } from "./gate.ts"
import { plainRequest, secretToken } from "./plain-request.ts"

const hello = recordedUpdate("message-59-text-hello", 7)

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function make(options: Partial<WebhookOptions>): Webhook {
  return createWebhook({ secretToken, handler: () => {}, onEvent: () => {}, ...options })
}

/** What a host was asked to wait for. */
class Host {
  readonly rests: { done: boolean }[] = []

  readonly waitUntil = (rest: Promise<void>): void => {
    const state = { done: false }
    this.rests.push(state)
    void rest.then(() => (state.done = true))
  }

  deliver(webhook: Webhook, update: Update = hello): Promise<WebhookResponse> {
    return webhook.receive({ ...plainRequest({ body: update }), waitUntil: this.waitUntil })
  }
}

/** A request on a host that stops everything at the answer. */
function lastRequest(milliseconds: number, update: Update = hello): WebhookRequest {
  return { ...plainRequest({ body: update }), timeLeft: () => milliseconds }
}

/** A store in memory whose `complete` waits until it may. */
function slowlyNoting(): { dedup: DedupStore; note: () => void; readonly noted: number } {
  const dedup = memoryDedup()
  const { opened, open } = gate()
  const state = { noted: 0 }
  const complete: DedupStore["complete"] = async (key, lease) => {
    await opened
    await dedup.complete(key, lease)
    state.noted++
  }
  return {
    dedup: { ...dedup, complete },
    note: open,
    get noted() {
      return state.noted
    },
  }
}

describe("a host that stops what no request needs any more", () => {
  test("is handed what goes on after the deadline, until it has ended", async () => {
    const { opened, open } = gate()
    const host = new Host()
    const webhook = make({ handler: () => opened, deadline: 10 })
    expect((await host.deliver(webhook)).status).toBe(200)
    await setImmediate()
    expect(host.rests).toEqual([{ done: false }])
    open()
    await setImmediate()
    expect(host.rests).toEqual([{ done: true }])
    expect(webhook.status()).toMatchObject({ running: 0, detached: 0 })
  })

  test("is handed it also when Telegram was told to ask again, and by each request that waits for the run", async () => {
    const { opened, open } = gate()
    const host = new Host()
    const webhook = make({ handler: () => opened, deadline: 10, onDeadline: "retry" })
    expect((await host.deliver(webhook)).status).toBe(503)
    expect((await host.deliver(webhook)).status).toBe(503)
    expect(host.rests).toEqual([{ done: false }, { done: false }])
    open()
    await setImmediate()
    expect(host.rests).toEqual([{ done: true }, { done: true }])
    expect((await host.deliver(webhook)).status).toBe(200)
  })

  test("is handed the noting of a success, which comes after the answer", async () => {
    const store = slowlyNoting()
    const host = new Host()
    expect((await host.deliver(make({ dedup: store.dedup, botId: 1 }))).status).toBe(200)
    expect(host.rests).toEqual([{ done: false }])
    store.note()
    await setImmediate()
    expect(host.rests).toEqual([{ done: true }])
    expect(store.noted).toBe(1)
  })

  test("is handed nothing for a duplicate or a refusal", async () => {
    const host = new Host()
    const webhook = make({})
    await host.deliver(webhook)
    await setImmediate()
    host.rests.length = 0
    await host.deliver(webhook)
    await webhook.close()
    await host.deliver(webhook)
    expect(host.rests).toEqual([])
  })

  test("changes no answer when it does not take it", async () => {
    const events: WebhookEvent[] = []
    const webhook = make({ handler: () => new Promise(() => {}), deadline: 10, onEvent: (event) => events.push(event) })
    const waitUntil = (): never => {
      throw new TypeError("Illegal invocation")
    }
    expect((await webhook.receive({ ...plainRequest({ body: hello }), waitUntil })).status).toBe(200)
    expect(events.at(-1)).toMatchObject({ type: "faulted", error: expect.any(TypeError) })
  })

  test("may drop one request's timers: another's deadline still comes", async () => {
    const host = new Host()
    const webhook = make({ handler: () => new Promise(() => {}), deadline: 20, lane: () => undefined })
    vi.spyOn(globalThis, "setTimeout").mockReturnValueOnce(0 as never)
    void host.deliver(webhook, { ...hello, update_id: 1 })
    await setImmediate()
    expect((await host.deliver(webhook, { ...hello, update_id: 2 })).status).toBe(200)
  })
})

describe("a run that such a host has dropped", () => {
  /** A webhook whose first run never ends, and the clock after the lease has ended, with no beat of it. */
  async function afterDrop(
    options: Partial<WebhookOptions>,
  ): Promise<{ webhook: Webhook; host: Host; runs: string[] }> {
    vi.useFakeTimers({ toFake: ["Date"] })
    const host = new Host()
    const runs: string[] = []
    const handler = ({ update_id }: Update, { attempt }: HandlerContext): unknown =>
      runs.push(`${update_id}/${attempt}`) === 1 && new Promise(() => {})
    const webhook = make({ handler, deadline: 10, lease: 6000, ...options })
    await host.deliver(webhook)
    vi.setSystemTime(Date.now() + 6001)
    return { webhook, host, runs }
  }

  test("is run again by a redelivery", async () => {
    const { webhook, host, runs } = await afterDrop({ onDeadline: "retry" })
    expect((await host.deliver(webhook)).status).toBe(200)
    expect(runs).toEqual(["7/1", "7/2"])
    expect(webhook.status()).toMatchObject({ running: 0, counters: { leaseLost: 1 } })
  })

  test("is not given back, which might end its successor's claim", async () => {
    const released: number[] = []
    const dedup = memoryDedup()
    const release: DedupStore["release"] = async ({ updateId }) => void released.push(updateId)
    const { webhook, host } = await afterDrop({ onDeadline: "retry", dedup: { ...dedup, release }, botId: 1 })
    expect((await host.deliver(webhook)).status).toBe(200)
    expect(released).toEqual([])
  })

  test("is a dead letter when Telegram had been told 200, for which the host waits; it no longer blocks its lane", async () => {
    const letters: unknown[] = []
    const { webhook, host, runs } = await afterDrop({ onDeadLetter: (...letter) => letters.push(letter) })
    host.rests.length = 0
    expect((await host.deliver(webhook, { ...hello, update_id: 8 })).status).toBe(200)
    expect(runs).toEqual(["7/1", "8/1"])
    expect(letters).toEqual([[hello, expect.any(HookgramError), 1]])
    expect(letters).toMatchObject([[{}, { code: "lease_lost" }, 1]])
    await setImmediate()
    expect(host.rests).toEqual([{ done: true }, { done: true }])
    expect((await host.deliver(webhook)).status).toBe(200)
    expect(runs).toHaveLength(2)
  })

  test("does not take its successor's place when it ends after all", async () => {
    vi.useFakeTimers({ toFake: ["Date"] })
    const gates = [gate(), gate()]
    const host = new Host()
    const webhook = make({
      handler: (_update, { attempt }) => gates[attempt - 1]?.opened,
      deadline: 10,
      lease: 6000,
      onDeadline: "retry",
    })
    await host.deliver(webhook)
    vi.setSystemTime(Date.now() + 6001)
    expect((await host.deliver(webhook)).status).toBe(503)
    gates[0]?.open()
    await setImmediate()
    expect(webhook.status().running).toBe(1)
    const joined = host.deliver(webhook)
    gates[1]?.open()
    expect((await joined).status).toBe(200)
    expect(webhook.status()).toMatchObject({ running: 0, waiting: 0, detached: 0, counters: { joined: 1 } })
  })

  test("is not taken for one while its heart beats", async () => {
    vi.useFakeTimers()
    const { opened, open } = gate()
    const host = new Host()
    const webhook = make({ handler: () => opened, deadline: 10, lease: 6000, onDeadline: "retry" })
    const first = host.deliver(webhook)
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await first).status).toBe(503)
    const second = host.deliver(webhook)
    open()
    await vi.advanceTimersByTimeAsync(1)
    expect((await second).status).toBe(200)
    expect(webhook.status().counters).toMatchObject({ started: 1, joined: 1 })
    expect(webhook.status().counters.leaseLost).toBeUndefined()
  })
})

describe("a host that stops everything at the answer", () => {
  test("is never let to promise what is not done: 503 when its time is over, and a redelivery joins", async () => {
    const { opened, open } = gate()
    const webhook = make({ handler: () => opened })
    expect((await webhook.receive(lastRequest(20))).status).toBe(503)
    const joined = webhook.receive(lastRequest(5000))
    open()
    expect((await joined).status).toBe(200)
    expect(webhook.status().counters).toMatchObject({ started: 1, joined: 1, unfinished: 1 })
  })

  test("hears 503 at a deadline that comes before its time is over", async () => {
    const webhook = make({ handler: () => new Promise(() => {}), deadline: 20 })
    expect((await webhook.receive(lastRequest(60_000))).status).toBe(503)
  })

  test("tells the handler when its time is over", async () => {
    const deadlines: number[] = []
    const webhook = make({ handler: (_update, { deadline }) => deadlines.push(deadline - Date.now()) })
    await webhook.receive(lastRequest(3000))
    await webhook.receive(lastRequest(60_000, { ...hello, update_id: 8 }))
    expect(deadlines.map((each) => Math.ceil(each / 1000))).toEqual([3, 5])
  })

  test("gets its answer after a success is noted", async () => {
    const store = slowlyNoting()
    const webhook = make({ dedup: store.dedup, botId: 1 })
    const answer = webhook.receive(lastRequest(5000))
    await setImmediate()
    store.note()
    expect((await answer).status).toBe(200)
    expect(store.noted).toBe(1)
  })

  test("does not wait for a store that hangs", async () => {
    vi.useFakeTimers()
    const store = slowlyNoting()
    const answer = make({ dedup: store.dedup, botId: 1 }).receive(lastRequest(5000))
    await vi.advanceTimersByTimeAsync(1000)
    expect((await answer).status).toBe(200)
    expect(store.noted).toBe(0)
  })

  test("is answered at once by a handler that detaches", async () => {
    vi.useFakeTimers()
    const webhook = make({
      handler: (_update, { detach }) => {
        detach()
        return new Promise(() => {})
      },
    })
    const answer = webhook.receive(lastRequest(60_000))
    await vi.advanceTimersByTimeAsync(0)
    vi.useRealTimers()
    expect(await Promise.race([answer.then(({ status }) => status), setImmediate("later")])).toBe(200)
  })
})
