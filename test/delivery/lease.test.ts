import { type HookgramError, memoryDedup, type Outcome, type WebhookOptions } from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { Stage } from "../contract/delivery-stage.ts"
import { pass, Replica } from "./replica.ts"

// Leases are at least deadline + 5000 ms, so time is the test's own here.
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe("a run that is longer than its lease keeps its claim", () => {
  const waits: readonly (readonly [name: string, options: Partial<WebhookOptions>])[] = [
    ["acknowledged at the deadline, default lease", {}],
    ["acknowledged at the deadline, shortest lease", { deadline: 5000, lease: 10_000 }],
    ["a long deadline, shortest lease", { deadline: 20_000, lease: 25_000 }],
    ["the longest deadline, default lease", { deadline: 55_000 }],
    ["answered 503 at the deadline", { deadline: 5000, lease: 10_000, onDeadline: "retry" }],
    ["answered 503 at a long deadline", { deadline: 30_000, lease: 35_000, onDeadline: "retry" }],
    ["answered at once", { deadline: 0, lease: 5000 }],
  ]

  test.each(waits)("%s", async (_name, options) => {
    const store = memoryDedup()
    const here = new Replica(store, options)
    const there = new Replica(store)
    const delivery = here.deliver()
    for (let seconds = 0; seconds < 200; seconds++) {
      await pass(1000)
      expect([seconds, await there.outcome()]).toEqual([seconds, "elsewhere"])
    }
    await delivery
    here.stage.runs[0]?.end()
    await pass(0)
    expect(await there.outcome()).toBe("duplicate")
    expect(here.stage.started).toEqual(["1/1"])
    expect(here.stage.runs[0]?.context.signal.aborted).toBe(false)
  })

  test("accepted without HTTP", async () => {
    const store = memoryDedup()
    const here = new Replica(store, { deadline: 0, lease: 5000 })
    const there = new Replica(store)
    const outcome = here.accept()
    for (let seconds = 0; seconds < 30; seconds++) {
      await pass(1000)
      expect([seconds, await there.outcome()]).toEqual([seconds, "elsewhere"])
    }
    here.stage.runs[0]?.end()
    expect(await outcome).toEqual({ result: "handled" })
  })

  test("detached", async () => {
    const store = memoryDedup()
    const here = new Replica(store, { deadline: 20_000, lease: 25_000 })
    const there = new Replica(store)
    const delivery = here.deliver()
    await pass(19_000)
    here.stage.runs[0]?.context.detach()
    expect((await delivery).status).toBe(200)
    for (let seconds = 19; seconds < 100; seconds++) {
      await pass(1000)
      expect([seconds, await there.outcome()]).toEqual([seconds, "elsewhere"])
    }
    here.stage.runs[0]?.end()
    await pass(0)
    expect(await there.outcome()).toBe("duplicate")
  })

  test("while its dead letter is being stored", async () => {
    const store = memoryDedup()
    const shelf = new Stage()
    const here = new Replica(store, {
      deadline: 0,
      lease: 5000,
      onDeadLetter: (update) => shelf.handler(update, { attempt: 1 } as never),
    })
    const there = new Replica(store)
    await here.deliver()
    here.stage.runs[0]?.fail(new Error("no"))
    for (let seconds = 0; seconds < 20; seconds++) {
      await pass(1000)
      expect([seconds, await there.outcome()]).toEqual([seconds, "elsewhere"])
    }
    shelf.runs[0]?.end()
    await pass(0)
    expect(await there.outcome()).toBe("duplicate")
  })
})

test("a process that dies loses its claim after the lease: another one runs the update, as attempt 2", async () => {
  const store = memoryDedup()
  const here = new Replica(store, { deadline: 0, lease: 5000 })
  const there = new Replica(store)
  await here.deliver()
  here.isCut = true
  await pass(4999)
  expect(await there.outcome()).toBe("elsewhere")
  await pass(1)
  expect(await there.outcome()).toBe("failed") // It was run there.
  expect(there.stage.started).toEqual(["1/2"])
})

/** One replica was cut off until another one took its update over; now it can reach the store again. */
async function takenOver(): Promise<{ here: Replica; there: Replica; outcome: Promise<Outcome> }> {
  const store = memoryDedup()
  const here = new Replica(store, { deadline: 0, lease: 5000 })
  const there = new Replica(store, { deadline: 0, lease: 5000 })
  await here.deliver()
  here.isCut = true
  await pass(5000)
  const outcome = there.accept()
  await pass(0)
  expect(there.stage.started).toEqual(["1/2"])
  here.isCut = false
  return { here, there, outcome }
}

describe("a replica whose lease has ended", () => {
  test("is told by its signal", async () => {
    const { here, there, outcome } = await takenOver()
    const { signal } = here.stage.runs[0]!.context
    expect(signal.aborted).toBe(false)
    await pass(5000)
    expect(signal.aborted).toBe(true)
    expect((signal.reason as HookgramError).code).toBe("lease_lost")
    expect(here.webhook.status().counters.leaseLost).toBe(1)
    there.stage.runs[0]?.end()
    expect(await outcome).toEqual({ result: "handled" })
  })

  test("cannot note the update as done: the new owner fails, and it is run again", async () => {
    const { here, there, outcome } = await takenOver()
    here.stage.runs[0]?.end()
    await pass(0)
    expect(await here.outcome()).toBe("elsewhere")
    there.stage.runs[0]?.fail(new Error("no"))
    expect((await outcome).result).toBe("failed")
    expect(await there.outcome()).toBe("failed")
    expect(there.stage.started).toEqual(["1/2", "1/3"])
  })

  test("cannot give the update back: the new owner keeps it", async () => {
    const store = memoryDedup()
    const here = new Replica(store, { deadline: 10_000, lease: 15_000, onDeadline: "retry" })
    const there = new Replica(store)
    const delivery = here.deliver()
    here.isCut = true
    await pass(15_000)
    expect((await delivery).status).toBe(503)
    const outcome = there.accept()
    await pass(0)
    here.isCut = false
    here.stage.runs[0]?.fail(new Error("no"))
    await pass(0)
    expect(await here.outcome()).toBe("elsewhere")
    there.stage.runs[0]?.end()
    expect(await outcome).toEqual({ result: "handled" })
    await pass(0)
    expect(await here.outcome()).toBe("duplicate")
  })

  test("makes no dead letter of what the new owner may still handle", async () => {
    const { here, there, outcome } = await takenOver()
    await pass(5000)
    here.stage.runs[0]?.fail(new Error("aborted"))
    await pass(0)
    expect(here.dead.letters).toEqual([])
    there.stage.runs[0]?.end()
    expect(await outcome).toEqual({ result: "handled" })
    await pass(0)
    expect(await here.outcome()).toBe("duplicate")
  })
})
