import type { DedupStore, Lease, UpdateKey } from "@hookgram/core"
import { expect } from "vitest"

/** One rule that every {@link DedupStore} keeps. */
export interface StoreCase {
  readonly title: string
  /** @param pass lets so many milliseconds go by */
  run(store: DedupStore, pass: (milliseconds: number) => Promise<void>): Promise<void>
}

const one: UpdateKey = { bot: "7", updateId: 1 }
const ana: Lease = { owner: "ana", duration: 1000 }
const ben: Lease = { owner: "ben", duration: 1000 }

const claimed = (attempt: number): object => ({ state: "claimed", attempt })
const running = { state: "running", until: expect.any(Number) as number }
const done = { state: "done" }

/** The contract of a store: each case gets a new and empty one. */
export const storeCases: readonly StoreCase[] = [
  {
    title: "the first claim is granted as attempt 1",
    async run(store) {
      expect(await store.claim(one, ana)).toEqual(claimed(1))
    },
  },
  {
    title: "a claim that is held is running until its lease ends, whoever asks",
    async run(store) {
      const before = Date.now()
      await store.claim(one, ana)
      for (const lease of [ana, ben]) {
        const claim = await store.claim(one, lease)
        expect(claim).toEqual(running)
        const until = claim.state === "running" ? claim.until : 0
        expect(until).toBeGreaterThanOrEqual(before + 1000)
        expect(until).toBeLessThanOrEqual(Date.now() + 1000)
      }
    },
  },
  {
    title: "what is complete is done for everybody, and stays so after the lease",
    async run(store, pass) {
      await store.claim(one, ana)
      await store.complete(one, ana)
      expect(await store.claim(one, ben)).toEqual(done)
      await pass(1500)
      expect(await store.claim(one, ana)).toEqual(done)
    },
  },
  {
    title: "what is released can be claimed at once, as the next attempt",
    async run(store) {
      for (const [index, lease] of [ana, ben, ben, ana].entries()) {
        expect(await store.claim(one, lease)).toEqual(claimed(index + 1))
        await store.release(one, lease)
      }
    },
  },
  {
    title: "a failure does not stay when a later attempt is complete",
    async run(store) {
      await store.claim(one, ana)
      await store.release(one, ana)
      await store.claim(one, ana)
      await store.complete(one, ana)
      expect(await store.claim(one, ana)).toEqual(done)
    },
  },
  {
    title: "a claim whose lease has ended can be taken over, as the next attempt",
    async run(store, pass) {
      await store.claim(one, ana)
      await pass(500)
      expect(await store.claim(one, ben)).toEqual(running)
      await pass(1000)
      expect(await store.claim(one, ben)).toEqual(claimed(2))
      await pass(1500)
      expect(await store.claim(one, ana)).toEqual(claimed(3))
    },
  },
  {
    title: "a renewed claim lasts from its renewal",
    async run(store, pass) {
      await store.claim(one, ana)
      await pass(700)
      expect(await store.renew(one, ana)).toBe(true)
      await pass(700)
      expect(await store.claim(one, ben)).toEqual(running)
      await pass(700)
      expect(await store.claim(one, ben)).toEqual(claimed(2))
    },
  },
  {
    title: "an owner whose claim was taken over can neither renew, complete nor release it",
    async run(store, pass) {
      await store.claim(one, ana)
      await pass(1500)
      await store.claim(one, ben)
      expect(await store.renew(one, ana)).toBe(false)
      await store.complete(one, ana)
      expect(await store.claim(one, ana)).toEqual(running)
      await store.release(one, ana)
      expect(await store.claim(one, ana)).toEqual(running)
      expect(await store.renew(one, ben)).toBe(true)
      await store.complete(one, ben)
      expect(await store.claim(one, ana)).toEqual(done)
    },
  },
  {
    title: "what nobody holds can be neither renewed, completed nor released",
    async run(store) {
      expect(await store.renew(one, ana)).toBe(false)
      await store.complete(one, ana)
      await store.release(one, ana)
      expect(await store.claim(one, ana)).toEqual(claimed(1))
      await store.release(one, ana)
      expect(await store.renew(one, ana)).toBe(false)
      await store.complete(one, ana)
      expect(await store.claim(one, ana)).toEqual(claimed(2))
    },
  },
  {
    title: "what is done can be neither renewed nor released",
    async run(store) {
      await store.claim(one, ana)
      await store.complete(one, ana)
      expect(await store.renew(one, ana)).toBe(false)
      await store.release(one, ana)
      expect(await store.claim(one, ana)).toEqual(done)
    },
  },
  {
    title: "of many claims at once one is granted",
    async run(store) {
      const leases = Array.from({ length: 20 }, (_, index) => ({ owner: `owner ${index}`, duration: 1000 }))
      const claims = await Promise.all(leases.map((lease) => store.claim(one, lease)))
      expect(claims.filter(({ state }) => state === "claimed")).toEqual([claimed(1)])
      expect(claims.filter(({ state }) => state === "running")).toHaveLength(19)
    },
  },
  {
    title: "updates that differ in bot or id are apart, however alike they look",
    async run(store) {
      const keys: UpdateKey[] = ["7", "8", "77", "", "7:1", "7:", "a b", "__proto__", "constructor"].flatMap((bot) =>
        [0, 1, 2, 11, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER].map((updateId) => ({ bot, updateId })),
      )
      for (const key of keys) {
        expect([key, await store.claim(key, ana)]).toEqual([key, claimed(1)])
        await store.complete(key, ana)
      }
      for (const key of keys) expect([key, await store.claim(key, ben)]).toEqual([key, done])
    },
  },
]
