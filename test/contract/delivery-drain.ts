import { createWebhook, memoryDedup, RetryLater } from "@hookgram/core"
import { expect } from "vitest"
import { secretToken } from "../support/application.ts"
import { turn, until, watched } from "../support/gate.ts"
import { wireRequest } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { otherText, poll, text, thirdText } from "./delivery-samples.ts"
import { count, DeadLetters, expect503, expectEmpty200, expectEmpty500, idle, send, Stage } from "./delivery-stage.ts"

export const drainCases: readonly ContractCase[] = [
  {
    id: "close-drains",
    level: "MUST",
    rests: "design, 5",
    title: "close() lets what runs and what waits finish and be answered, refuses what is new, and then resolves",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, concurrency: 2 })
      const sent = [
        await send(application, text(1)),
        await send(application, text(2)),
        await send(application, otherText(3)),
        await send(application, thirdText(4)),
      ]
      const closed = watched(application.webhook.close())
      expect(application.webhook.status()).toMatchObject({ closing: true, running: 2, waiting: 2 })

      const connection = await application.connect()
      connection.write(wireRequest(poll(5), { port: application.port, secretToken }))
      const refused = await connection.answer()
      expect503(refused, "1")
      expect(refused.headers["connection"]).toBe("close")
      await connection.closed()

      for (const n of [1, 2, 3, 4]) {
        expect(closed.done).toBe(false)
        const run = await stage.run(n)
        expect(run.context.signal.aborted).toBe(false)
        run.end()
      }
      for (const { answer } of sent) expectEmpty200(await answer)
      await until(() => closed.done)
      expect(stage.runs.map(({ id }) => id).toSorted()).toEqual([1, 2, 3, 4])
      expect(application.webhook.status()).toMatchObject({ closing: true, running: 0, waiting: 0, detached: 0 })
      expect503(await application.deliver(text(1)), "1") // Not even for an update that was handled: the process is going.
    },
  },
  {
    id: "close-failure",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title:
      "a handler that fails while the webhook closes gives its update back: 500, and the next process can claim it",
    async run(start) {
      const stage = new Stage()
      const dedup = memoryDedup()
      const application = await start({ handler: stage.handler, dedup, botId: 1 })
      const { answer } = await send(application, text())
      const closed = application.webhook.close()
      ;(await stage.run(1)).fail(new Error("no"))
      expectEmpty500(await answer)
      await closed
      const attempts: number[] = []
      const next = createWebhook({
        secretToken,
        handler: (_update, { attempt }) => attempts.push(attempt),
        dedup,
        botId: 1,
      })
      expect(await next.accept(text())).toEqual({ result: "handled" })
      expect(attempts).toEqual([2])
    },
  },
  {
    id: "close-twice",
    level: "MUST",
    rests: "design, 5",
    title: "close() again waits for the first close, and close() of an idle webhook resolves at once",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const { answer } = await send(application, text())
      const both = [watched(application.webhook.close()), watched(application.webhook.close({ timeout: 0 }))]
      await new Promise((resolve) => setTimeout(resolve, 5)) // Long enough for a time-out of 0.
      expect(both).toEqual([{ done: false }, { done: false }])
      const run = await stage.run(1)
      expect(run.context.signal.aborted).toBe(false)
      run.end()
      expectEmpty200(await answer)
      await until(() => both.every(({ done }) => done))
      await application.webhook.close()
    },
  },
  {
    id: "close-retry-later",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title:
      "an acknowledged update that was to be run again later is a dead letter when the webhook closes: nobody else has it",
    async run(start) {
      const dead = new DeadLetters()
      const application = await start({
        handler: () => Promise.reject(new RetryLater(3600)),
        onDeadLetter: dead.onDeadLetter,
        deadline: 0,
      })
      expectEmpty200(await application.deliver(text()))
      await until(() => count(application, "failed") === 1)
      await turn()
      expect(dead.letters).toEqual([])
      await application.webhook.close()
      expect(dead.letters).toEqual([{ id: 1, error: expect.objectContaining({ code: "retry_later" }), attempts: 1 }])
      await idle(application)
    },
  },
  {
    id: "signal-quiet",
    level: "MUST",
    rests: "design, 3",
    title: "the signal is not aborted by success, failure, the deadline or detach()",
    async run(start) {
      const stage = new Stage()
      const signals: AbortSignal[] = []
      const application = await start({
        handler(update, context) {
          signals.push(context.signal)
          if (update.update_id === 2) throw new Error("no")
          if (update.update_id === 3) context.detach()
          return update.update_id === 1 ? undefined : stage.handler(update, context)
        },
        deadline: 30,
      })
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty500(await application.deliver(text(2)))
      expectEmpty200(await application.deliver(text(3)))
      expectEmpty200(await application.deliver(text(4)))
      expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false, false])
      for (const run of stage.runs) run.end()
      await idle(application)
      expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false, false])
    },
  },
]
