import { type Claim, type DedupStore, type Lease, memoryDedup, type UpdateKey, type WebhookEvent } from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { Claims } from "../../packages/core/src/claims.ts"
import { Events } from "../../packages/core/src/events.ts"
import { resolveOptions } from "../../packages/core/src/options.ts"
import { Run } from "../../packages/core/src/run.ts"
import { recordedUpdate } from "../support/updates.ts"
import { secretToken } from "./plain-request.ts"

const error = new Error("connection lost")
let events: WebhookEvent[] = []

beforeEach(() => {
  vi.useFakeTimers()
  events = []
})

afterEach(() => {
  vi.useRealTimers()
})

function newClaims(store: Partial<DedupStore>, lease = 30_000): Claims {
  const dedup = { ...memoryDedup(), ...store }
  return new Claims(
    resolveOptions({ secretToken, handler: () => {}, dedup, botId: 9, lease }),
    new Events((event) => events.push(event)),
  )
}

const newRun = (): Run => new Run(recordedUpdate("message-59-text-hello", 7), "9", 1, Date.now(), 5000)
const answering = (claim: Claim): Partial<DedupStore> => ({ claim: async () => claim })
const ref = { updateId: 7, kind: "message" }

describe("what a claim comes to", () => {
  test("granted: the run may go on, and knows its attempt", async () => {
    const run = newRun()
    expect(await newClaims(answering({ state: "claimed", attempt: 4 })).take(run)).toBeUndefined()
    expect([run.attempt, run.phase, events]).toEqual([4, "claimed", []])
  })

  test("done: a duplicate", async () => {
    expect(await newClaims(answering({ state: "done" })).take(newRun())).toEqual({ result: "duplicate" })
    expect(events).toEqual([{ type: "duplicate", ...ref }])
  })

  test.each([
    [-5000, 1],
    [0, 1],
    [1, 1],
    [1500, 2],
    [5000, 5],
    [80_000, 5],
  ])("running elsewhere for another %d ms: Telegram is asked to come again in %d s", async (left, retryAfter) => {
    const claims = newClaims(answering({ state: "running", until: Date.now() + left }))
    expect(await claims.take(newRun())).toEqual({ result: "elsewhere", retryAfter })
    expect(events).toEqual([{ type: "refused", reason: "elsewhere", ...ref }])
  })

  test.each<[string, DedupStore["claim"]]>([
    ["rejects", () => Promise.reject(error)],
    [
      "throws",
      () => {
        throw error
      },
    ],
  ])("a store that %s is down, and no claim is made", async (_how, claim) => {
    const run = newRun()
    expect(await newClaims({ claim }).take(run)).toEqual({ result: "storeDown", error, retryAfter: 5 })
    expect(run.phase).toBe("claiming")
    expect(events).toEqual([{ type: "refused", reason: "storeDown", error, ...ref }])
  })
})

test("one owner for all verbs of a webhook, another for every webhook", async () => {
  const leases: Lease[] = []
  const note = (_key: UpdateKey, lease: Lease): void => void leases.push(lease)
  const store: DedupStore = {
    claim: async (key, lease) => (note(key, lease), { state: "claimed", attempt: 1 }),
    renew: async (key, lease) => (note(key, lease), true),
    complete: async (key, lease) => note(key, lease),
    release: async (key, lease) => note(key, lease),
  }
  const [claims, others] = [newClaims(store, 12_000), newClaims(store)]
  const run = newRun()
  await claims.take(run)
  claims.keep(run)
  await vi.advanceTimersByTimeAsync(4000)
  run.stopHeartbeat()
  await claims.complete(run)
  await claims.release(run)
  await others.take(newRun())
  expect(leases.map(({ duration }) => duration)).toEqual([12_000, 12_000, 12_000, 12_000, 30_000])
  expect(new Set(leases.slice(0, 4).map(({ owner }) => owner)).size).toBe(1)
  expect(leases[4]!.owner).not.toBe(leases[0]!.owner)
})

describe("keeping a claim", () => {
  test("for ever: it is still held after many times its lease", async () => {
    const store = memoryDedup()
    const [claims, others] = [newClaims(store), newClaims(store)]
    const run = newRun()
    await claims.take(run)
    claims.keep(run)
    await vi.advanceTimersByTimeAsync(300_000)
    expect(await others.take(newRun())).toMatchObject({ result: "elsewhere" })
    run.stopHeartbeat()
    await vi.advanceTimersByTimeAsync(30_001)
    expect(await others.take(newRun())).toBeUndefined()
  })

  test("lost: the handler is told by its signal, once", async () => {
    const run = newRun()
    const claims = newClaims({ renew: async () => false })
    await claims.take(run)
    claims.keep(run)
    await vi.advanceTimersByTimeAsync(100_000)
    expect(run.leaseLost).toBe(true)
    expect(run.signal.reason).toMatchObject({ code: "lease_lost" })
    expect(events).toEqual([{ type: "leaseLost", ...ref }])
  })

  test("a renewal that fails is tried again, and nothing is lost by it", async () => {
    const run = newRun()
    let fails = 2
    const claims = newClaims({
      renew: async () => {
        if (fails-- > 0) throw error
        return true
      },
    })
    await claims.take(run)
    claims.keep(run)
    await vi.advanceTimersByTimeAsync(50_000)
    expect([run.leaseLost, run.signal.aborted]).toEqual([false, false])
    const failed = { type: "storeFailed", verb: "renew", error, ...ref }
    expect(events).toEqual([failed, failed])
    run.stopHeartbeat()
  })

  test("a run that has ended while it was renewed has lost nothing", async () => {
    const run = newRun()
    const claims = newClaims({
      renew: async () => {
        run.settle({ result: "handled" })
        return false
      },
    })
    await claims.take(run)
    claims.keep(run)
    await vi.advanceTimersByTimeAsync(10_000)
    run.stopHeartbeat()
    expect([run.leaseLost, events]).toEqual([false, []])
  })
})

test.each(["complete", "release"] as const)(
  "a store that cannot %s is reported, and nothing is thrown",
  async (verb) => {
    const run = newRun()
    const claims = newClaims({ [verb]: () => Promise.reject(error) })
    await claims.take(run)
    await claims[verb](run)
    expect(events).toEqual([{ type: "storeFailed", verb, error, ...ref }])
  },
)
