import { type DedupStore, memoryDedup } from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { pass } from "./replica.ts"

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const key = { bot: "1", updateId: 1 }
const early = { owner: "early", duration: 1000 }
const late = { owner: "late", duration: 1000 }

/** A store in which `early` held the claim once and `late` holds it now. */
async function storeTakenOver(): Promise<DedupStore> {
  const store = memoryDedup()
  expect(await store.claim(key, early)).toEqual({ state: "claimed", attempt: 1 })
  await pass(999)
  expect(await store.claim(key, late)).toEqual({ state: "running", until: Date.now() + 1 })
  await pass(1)
  expect(await store.claim(key, late)).toEqual({ state: "claimed", attempt: 2 })
  return store
}

describe("a store answers only the owner of a claim", () => {
  test("a late renew is refused and extends nothing", async () => {
    const store = await storeTakenOver()
    await pass(500)
    expect(await store.renew(key, early)).toBe(false)
    expect(await store.claim(key, early)).toEqual({ state: "running", until: Date.now() + 500 })
    expect(await store.renew(key, late)).toBe(true)
    expect(await store.claim(key, early)).toEqual({ state: "running", until: Date.now() + 1000 })
  })

  test("a late complete does nothing", async () => {
    const store = await storeTakenOver()
    await store.complete(key, early)
    expect(await store.claim(key, early)).toMatchObject({ state: "running" })
    await store.release(key, late)
    expect(await store.claim(key, early)).toEqual({ state: "claimed", attempt: 3 })
  })

  test("a late release does nothing", async () => {
    const store = await storeTakenOver()
    await store.release(key, early)
    expect(await store.claim(key, early)).toMatchObject({ state: "running" })
    await store.complete(key, late)
    expect(await store.claim(key, early)).toEqual({ state: "done" })
  })

  test("what is done stays done, whoever gives it back or renews it", async () => {
    const store = await storeTakenOver()
    await store.complete(key, late)
    await store.release(key, late)
    await store.complete(key, early)
    expect(await store.renew(key, late)).toBe(false)
    expect(await store.claim(key, late)).toEqual({ state: "done" })
  })
})
