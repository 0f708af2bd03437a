import { type DedupStore, memoryDedup } from "@hookgram/core"
import { expect, vi } from "vitest"
import { gate } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { withClock } from "./delivery-clock.ts"
import { inlineQuery, press, text } from "./delivery-samples.ts"
import { count, expect503, expectEmpty200, expectEmpty500, idle, send, Stage } from "./delivery-stage.ts"

/** A memory store of which some verbs are replaced. */
function storeWith(verbs: Partial<DedupStore>): { readonly dedup: DedupStore; readonly botId: number } {
  return { dedup: { ...memoryDedup(), ...verbs }, botId: 1 }
}

const down = async (): Promise<never> => {
  throw new Error("connection refused")
}

export const storeCases: readonly ContractCase[] = [
  {
    id: "store-claim-rejects",
    level: "MUST",
    rests: "facts, 3.3; design, 4",
    title: "while the store cannot claim, updates get 503 with a safe Retry-After and the handler is not run",
    async run(start) {
      const attempts: number[] = []
      const store = memoryDedup()
      let isDown = true
      const application = await start({
        handler: (_update, { attempt }) => attempts.push(attempt),
        ...storeWith({
          claim: (key, lease) => (isDown ? down() : store.claim(key, lease)),
          complete: (key, lease) => store.complete(key, lease),
        }),
      })
      expect503(await application.deliver(press(1)), "5")
      expect503(await application.deliver(inlineQuery(2)), undefined)
      expect(attempts).toEqual([])
      isDown = false
      expectEmpty200(await application.deliver(press(1)))
      expectEmpty200(await application.deliver(press(1)))
      expect(attempts).toEqual([1])
    },
  },
  {
    id: "store-claim-throws",
    level: "MUST",
    rests: "design, 4",
    title: "a store whose claim throws instead of rejecting is down, too",
    async run(start) {
      const application = await start(
        storeWith({
          claim() {
            throw new Error("not connected")
          },
        }),
      )
      expect503(await application.deliver(press()), "5")
      expect(count(application, "started")).toBe(0)
    },
  },
  {
    id: "store-claim-hangs",
    level: "MUST",
    rests: "facts, 3.1; design, 4",
    title:
      "a store that does not answer a claim means 503 at the deadline, never 200; when it answers, the run goes on",
    async run(start) {
      const answered = gate()
      const store = memoryDedup()
      const application = await start({
        deadline: 30,
        ...storeWith({ ...store, claim: (key, lease) => answered.passed.then(() => store.claim(key, lease)) }),
      })
      expect503(await application.deliver(press()), "1")
      expect503(await application.deliver(press()), "1")
      answered.open()
      await idle(application)
      expectEmpty200(await application.deliver(press()))
      expect(count(application, "started")).toBe(1)
    },
  },
  {
    id: "store-claim-hangs-at-once",
    level: "MUST",
    rests: "facts, 3.1; design, 4 and 5",
    title: "with deadline 0, too, there is no 200 without a claim",
    async run(start) {
      await withClock(async () => {
        const answered = gate()
        const store = memoryDedup()
        const application = await start({
          deadline: 0,
          ...storeWith({ ...store, claim: (key, lease) => answered.passed.then(() => store.claim(key, lease)) }),
        })
        const first = await send(application, press(1))
        await vi.advanceTimersByTimeAsync(55_000)
        expect503(await first.answer, "1")
        answered.open()
        await idle(application)
      })
    },
  },
  {
    id: "store-complete-rejects",
    level: "MUST",
    rests: "facts, 3.1; design, 4",
    title: "a handled update is answered 200 also when the store cannot note it",
    async run(start) {
      const application = await start(storeWith({ complete: down }))
      expectEmpty200(await application.deliver(text()))
      await idle(application)
      expect(count(application, "storeFailed")).toBe(1)
    },
  },
  {
    id: "store-complete-hangs",
    level: "MUST",
    rests: "facts, 3.1; design, 4",
    title: "the answer does not wait for the store to note a handled update, nor does the chat's next update",
    async run(start) {
      const noted = gate()
      const application = await start(storeWith({ complete: () => noted.passed }))
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty200(await application.deliver(text(2)))
      expectEmpty200(await application.deliver(text(1)))
      expect(count(application, "started")).toBe(2)
      noted.open()
      await idle(application)
    },
  },
  {
    id: "store-release-rejects",
    level: "MUST",
    rests: "facts, 3.1; design, 4",
    title: "a failed update is answered 500 also when the store cannot take its claim back",
    async run(start) {
      const application = await start({
        handler: () => Promise.reject(new Error("no")),
        ...storeWith({ release: down }),
      })
      expectEmpty500(await application.deliver(text()))
      expect(count(application, "storeFailed")).toBe(1)
    },
  },
  {
    id: "store-release-hangs",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title: "a failed update whose claim is still being given back at the deadline gets 503, never 200",
    async run(start) {
      const released = gate()
      const store = memoryDedup()
      const stage = new Stage()
      const application = await start({
        handler: stage.handler,
        deadline: 30,
        ...storeWith({ ...store, release: (key, lease) => released.passed.then(() => store.release(key, lease)) }),
      })
      const first = await send(application, press())
      ;(await stage.run(1)).fail(new Error("no"))
      expect503(await first.answer, "1")
      released.open()
      await idle(application)
      const again = await send(application, press())
      ;(await stage.run(2)).end()
      expectEmpty200(await again.answer)
      expect(stage.started).toEqual(["1/1", "1/2"])
    },
  },
]
