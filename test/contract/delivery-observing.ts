import { expect } from "vitest"
import type { ContractCase } from "./case.ts"
import { otherText, press, text } from "./delivery-samples.ts"
import { expectEmpty200, expectEmpty500, idle, send, Stage, withoutStrays } from "./delivery-stage.ts"

export const observingCases: readonly ContractCase[] = [
  {
    id: "context",
    level: "MUST",
    rests: "design, 3",
    title: "the handler is told its attempt, its deadline and a signal",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, deadline: 4000 })
      const before = Date.now()
      const { answer } = await send(application, text())
      const { context, end } = await stage.run(1)
      const after = Date.now()
      expect(context.attempt).toBe(1)
      expect(context.deadline).toBeGreaterThanOrEqual(before + 4000)
      expect(context.deadline).toBeLessThanOrEqual(after + 4000)
      expect(context.signal).toBeInstanceOf(AbortSignal)
      end()
      expectEmpty200(await answer)
    },
  },
  {
    id: "status",
    level: "MUST",
    rests: "design, 3",
    title: "status() says what runs and waits, how often each event has happened, and which update came last",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const { webhook } = application
      expect(webhook.status()).toEqual({
        running: 0,
        waiting: 0,
        detached: 0,
        closing: false,
        counters: {},
        lastUpdate: undefined,
      })
      const before = Date.now()
      const sent = [
        await send(application, text(8)),
        await send(application, press(5)),
        await send(application, otherText(6)),
        await send(application, text(8)),
      ]
      await stage.run(2)
      expect(webhook.status()).toMatchObject({ running: 2, waiting: 1, detached: 0, lastUpdate: { updateId: 8 } })
      expect(webhook.status().lastUpdate?.at.getTime()).toBeGreaterThanOrEqual(before)
      stage.runs[0]?.fail(new Error("no"))
      stage.runs[1]?.end()
      ;(await stage.run(3)).end()
      expect((await Promise.all(sent.map(({ answer }) => answer))).map(({ status }) => status)).toEqual([
        500, 200, 200, 500,
      ])
      await idle(application)
      expectEmpty200(await application.deliver(press(5)))
      expect(webhook.status()).toMatchObject({
        running: 0,
        waiting: 0,
        counters: { received: 5, joined: 1, started: 3, finished: 2, failed: 1, duplicate: 1 },
        lastUpdate: { updateId: 5 },
      })
    },
  },
  {
    id: "events",
    level: "MUST",
    rests: "design, 6",
    title:
      "an observer sees each step of an update with its id and kind, the attempt and the error, and nothing of its content",
    async run(start) {
      const error = new Error("no")
      const application = await start({
        handler: (_update, { attempt }) => (attempt === 1 ? Promise.reject(error) : undefined),
      })
      for (let n = 0; n < 3; n++) await application.deliver(press(9))
      const about = { updateId: 9, kind: "callback_query" }
      expect(application.events).toEqual([
        { type: "received", ...about },
        { type: "started", attempt: 1, ...about },
        { type: "failed", attempt: 1, duration: expect.any(Number), error, ...about },
        { type: "received", ...about },
        { type: "started", attempt: 2, ...about },
        { type: "finished", attempt: 2, duration: expect.any(Number), ...about },
        { type: "received", ...about },
        { type: "duplicate", ...about },
      ])
    },
  },
  {
    id: "observer-throws",
    level: "MUST",
    rests: "design, 6",
    title: "an observer that throws at every event changes nothing",
    async run(start) {
      const application = await start({
        onEvent() {
          throw new Error("no")
        },
        handler: (_update, { attempt }) => (attempt === 1 ? Promise.reject(new Error("no")) : undefined),
      })
      await withoutStrays(async () => {
        expectEmpty500(await application.deliver(text()))
        expectEmpty200(await application.deliver(text()))
        expectEmpty200(await application.deliver(text()))
        await idle(application)
      })
      expect(application.webhook.status().counters).toEqual({
        received: 3,
        started: 2,
        failed: 1,
        finished: 1,
        duplicate: 1,
      })
    },
  },
]
