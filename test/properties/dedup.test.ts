import { type Claim, memoryDedup, type UpdateKey } from "@hookgram/core"
import * as fc from "fast-check"
import { afterEach, beforeEach, expect, test, vi } from "vitest"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

interface Entry {
  attempts: number
  holder: { readonly owner: string; until: number } | undefined
  done: boolean
}

/** The store as one would write it who had memory and time without end. */
class NaiveStore {
  readonly #entries = new Map<string, Entry>()

  #entry({ bot, updateId }: UpdateKey): Entry {
    const key = `${bot}:${updateId}`
    const entry = this.#entries.get(key) ?? { attempts: 0, holder: undefined, done: false }
    this.#entries.set(key, entry)
    return entry
  }

  claim(key: UpdateKey, owner: string, duration: number): Claim {
    const entry = this.#entry(key)
    if (entry.done) return { state: "done" }
    if (entry.holder && entry.holder.until > Date.now()) return { state: "running", until: entry.holder.until }
    entry.holder = { owner, until: Date.now() + duration }
    return { state: "claimed", attempt: ++entry.attempts }
  }

  /** An owner holds its claim until it ends it or another one takes it over. */
  renew(key: UpdateKey, owner: string, duration: number): boolean {
    const { holder } = this.#entry(key)
    if (holder?.owner !== owner) return false
    holder.until = Date.now() + duration
    return true
  }

  complete(key: UpdateKey, owner: string): void {
    const entry = this.#entry(key)
    if (entry.holder?.owner !== owner) return
    entry.holder = undefined
    entry.done = true
  }

  release(key: UpdateKey, owner: string): void {
    const entry = this.#entry(key)
    if (entry.holder?.owner === owner) entry.holder = undefined
  }
}

const keys: UpdateKey[] = [
  { bot: "7", updateId: 1 },
  { bot: "7", updateId: 2 },
  { bot: "8", updateId: 1 },
  { bot: "", updateId: 1 },
]
const owners = ["ana", "ben"]

const act = fc.record({
  verb: fc.constantFrom("claim" as const, "claim" as const, "renew" as const, "complete" as const, "release" as const),
  key: fc.constantFrom(...keys),
  owner: fc.constantFrom(...owners),
  duration: fc.constantFrom(100, 1000),
  /** How long before. */
  after: fc.constantFrom(0, 0, 1, 99, 100, 101, 1000),
})

test("memoryDedup does what the naive store does, whatever two owners do when", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const store = memoryDedup()
      const naive = new NaiveStore()
      for (const { verb, key, owner, duration, after } of acts) {
        vi.advanceTimersByTime(after)
        expect(await store[verb](key, { owner, duration })).toEqual(naive[verb](key, owner, duration))
      }
    }),
    { numRuns: 500 },
  )
})

test("no two owners are granted a key at once, and none after it is done", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const store = memoryDedup()
      const held = new Map<UpdateKey, { owner: string; until: number }>()
      const done = new Set<UpdateKey>()
      for (const { verb, key, owner, duration, after } of acts) {
        vi.advanceTimersByTime(after)
        const result = await store[verb](key, { owner, duration })
        const holder = held.get(key)
        const holds = holder?.owner === owner && holder.until > Date.now()
        if (verb === "claim" && typeof result === "object" && result.state === "claimed") {
          expect(done.has(key)).toBe(false)
          expect(holder?.until ?? 0).toBeLessThanOrEqual(Date.now())
          held.set(key, { owner, until: Date.now() + duration })
        } else if (verb === "renew" && result === true) held.set(key, { owner, until: Date.now() + duration })
        else if (verb === "complete" && holds) done.add(key)
        if (holds && (verb === "complete" || verb === "release")) held.delete(key)
      }
    }),
    { numRuns: 300 },
  )
})
