import { createWebhook, memoryDedup } from "@hookgram/core"
import { expect, vi } from "vitest"
import { secretToken } from "../support/application.ts"
import { turn, until, watched } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { withClock } from "./delivery-clock.ts"
import { otherText, press, text } from "./delivery-samples.ts"
import { DeadLetters, expectEmpty200, send, Stage } from "./delivery-stage.ts"

export const closeTimeoutCases: readonly ContractCase[] = [
  {
    id: "close-timeout",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title:
      "after its time-out close() aborts the signal; what still hangs is given back with 503, or a dead letter if it was acknowledged",
    async run(start) {
      await withClock(async () => {
        const stage = new Stage()
        const dead = new DeadLetters()
        const dedup = memoryDedup()
        const application = await start({ handler: stage.handler, onDeadLetter: dead.onDeadLetter, dedup, botId: 1 })
        const hanging = await send(application, press(1))
        const waiting = await send(application, text(2))
        const acknowledged = await send(application, otherText(3))
        ;(await stage.run(2)).context.detach()
        expectEmpty200(await acknowledged.answer)

        const closed = watched(application.webhook.close({ timeout: 700 }))
        await vi.advanceTimersByTimeAsync(699)
        expect(stage.runs.map(({ context }) => context.signal.aborted)).toEqual([false, false])
        await vi.advanceTimersByTimeAsync(1)
        expect(stage.runs.map(({ context }) => context.signal.aborted)).toEqual([true, true])
        expect(stage.runs[0]?.context.signal.reason).toMatchObject({ code: "closing" })

        await vi.advanceTimersByTimeAsync(5000)
        await until(() => closed.done)
        for (const { answer } of [hanging, waiting]) expect((await answer).status).toBe(503)
        expect(dead.letters).toEqual([{ id: 3, error: expect.objectContaining({ code: "closing" }), attempts: 1 }])

        const next = new Stage()
        const second = createWebhook({ secretToken, handler: next.handler, dedup, botId: 1 })
        const outcomes = [press(1), text(2), otherText(3)].map((update) => second.accept(update))
        ;(await next.run(1)).end()
        ;(await next.run(2)).end()
        stage.runs[0]?.end() // The old handlers end at last, of which nothing comes.
        stage.runs[1]?.fail(new Error("aborted"))
        expect(await Promise.all(outcomes)).toEqual([
          { result: "handled" },
          { result: "handled" },
          { result: "duplicate" },
        ])
        expect(next.runs.map(({ id }) => id)).toEqual([1, 2])
        await turn()
        expect(dead.letters.length).toBe(1)
      })
    },
  },
  {
    id: "close-abort-heard",
    level: "MUST",
    rests: "design, 5",
    title:
      "a handler that ends when its signal is aborted is waited for: its update is given back, and close() resolves then",
    async run(start) {
      const dedup = memoryDedup()
      const application = await start({
        handler: (_update, { signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
        dedup,
        botId: 1,
      })
      const { answer } = await send(application, text())
      await application.webhook.close({ timeout: 0 })
      expect([500, 503]).toContain((await answer).status)
      const next = createWebhook({ secretToken, handler: () => {}, dedup, botId: 1 })
      expect(await next.accept(text())).toEqual({ result: "handled" })
    },
  },
  {
    id: "close-starts-nothing",
    level: "SHOULD",
    rests: "design, 5",
    title: "an update that still waits when the time of close() is over is given back without being started",
    async run(start) {
      const started: number[] = []
      const application = await start({
        handler({ update_id }, { signal }) {
          started.push(update_id)
          return new Promise((_, reject) => {
            if (signal.aborted) reject(signal.reason)
            signal.addEventListener("abort", () => reject(signal.reason))
          })
        },
      })
      const sent = [await send(application, text(1)), await send(application, text(2))]
      await application.webhook.close({ timeout: 0 })
      for (const { answer } of sent) expect([500, 503]).toContain((await answer).status)
      expect(started).toEqual([1])
    },
  },
]
