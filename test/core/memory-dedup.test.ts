import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { type DedupStore, memoryDedup } from "@hookgram/core"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { storeCases } from "./store-cases.ts"

const one = { bot: "7", updateId: 1 }
const zero = { bot: "7", updateId: 0 }
const lease = { owner: "owner", duration: 1000 }

async function remember(store: DedupStore, id: number): Promise<void> {
  await store.claim({ bot: "7", updateId: id }, lease)
  await store.complete({ bot: "7", updateId: id }, lease)
}

/** How many of the ids `from` to `to` (not included) are known as done. Asking claims those that are not. */
async function known(store: DedupStore, from: number, to: number): Promise<number> {
  let count = 0
  for (let id = from; id < to; id++)
    if ((await store.claim({ bot: "7", updateId: id }, lease)).state === "done") count++
  return count
}

describe("in fake time", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  test.each(storeCases)("$title", ({ run }) =>
    run(memoryDedup(), async (milliseconds) => {
      await vi.advanceTimersByTimeAsync(milliseconds)
    }),
  )

  test("remembers 48 h by default, twice the longest lifetime (facts, 3.4)", async () => {
    const store = memoryDedup()
    await remember(store, 1)
    vi.advanceTimersByTime(48 * 3_600_000 - 1)
    expect(await known(store, 1, 2)).toBe(1)
  })

  test("is bounded in age: after twice `remember` nothing is left", async () => {
    const store = memoryDedup({ remember: 10_000 })
    await remember(store, 1)
    vi.advanceTimersByTime(9999)
    expect(await known(store, 1, 2)).toBe(1)
    vi.advanceTimersByTime(10_000)
    await remember(store, 2)
    vi.advanceTimersByTime(10_000)
    expect(await known(store, 1, 2)).toBe(0)
    expect(await known(store, 2, 3)).toBe(1)
  })

  test("an attempt count is forgotten with age, too", async () => {
    const store = memoryDedup({ remember: 10_000 })
    await store.claim(one, lease)
    await store.release(one, lease)
    vi.advanceTimersByTime(10_000)
    expect(await store.claim(one, lease)).toEqual({ state: "claimed", attempt: 2 })
    await store.release(one, lease)
    vi.advanceTimersByTime(10_000)
    expect(await known(store, 2, 3)).toBe(0)
    vi.advanceTimersByTime(10_000)
    expect(await store.claim(one, lease)).toEqual({ state: "claimed", attempt: 1 })
  })

  test("a running claim is not forgotten, whatever its age and however many follow", async () => {
    const store = memoryDedup({ max: 10, remember: 1000 })
    await store.claim(zero, { ...lease, duration: 1_000_000 })
    for (let id = 1; id < 100; id++) await remember(store, id)
    vi.advanceTimersByTime(100_000)
    expect(await store.claim(zero, lease)).toMatchObject({ state: "running" })
    await store.complete(zero, lease)
    expect(await store.claim(zero, lease)).toEqual({ state: "done" })
  })
})

test("is bounded in count: at least the newest half of `max` is kept, and never more than `max`", async () => {
  for (let filled = 100; filled <= 220; filled += 7) {
    const store = memoryDedup({ max: 100 })
    for (let id = 0; id < filled; id++) await remember(store, id)
    // From the oldest on: what is asked for and unknown is claimed, and not remembered, so it pushes nothing out.
    const kept = await known(store, 0, filled)
    expect(kept).toBeGreaterThanOrEqual(50)
    expect(kept).toBeLessThanOrEqual(100)
    expect(await known(store, filled - 50, filled)).toBe(50)
  }
})

test("every bot has bounds of its own: a busy one does not push out what is remembered of another", async () => {
  const store = memoryDedup({ max: 100 })
  await remember(store, 0)
  for (let updateId = 0; updateId < 1000; updateId++) {
    await store.claim({ bot: "8", updateId }, lease)
    await store.complete({ bot: "8", updateId }, lease)
  }
  expect(await known(store, 0, 1)).toBe(1)
})

test("a remembered id takes at most 40 bytes, measured over 1 000 000", { timeout: 30_000 }, async ({ annotate }) => {
  const root = fileURLToPath(new URL("../..", import.meta.url))
  const args = ["--expose-gc", "--import", "tsx", "test/core/memory-dedup-size.ts"]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root })
  const { bytesPerId, forgotten } = JSON.parse(stdout) as { bytesPerId: number; forgotten: number }
  await annotate(`${bytesPerId.toFixed(1)} bytes per remembered id`)
  expect(forgotten).toBe(0)
  expect(bytesPerId).toBeLessThanOrEqual(40) // 17 as measured; 60 with ids as text
  expect(bytesPerId).toBeGreaterThan(8) // less would say that nothing was measured
})
