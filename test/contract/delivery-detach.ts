import { memoryDedup } from "@hookgram/core"
import { expect } from "vitest"
import { gate, until } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { command, otherText, text } from "./delivery-samples.ts"
import { count, DeadLetters, expectEmpty200, expectEmpty500, idle, send, Stage } from "./delivery-stage.ts"

export const detachCases: readonly ContractCase[] = [
  {
    id: "detach-ask",
    level: "MUST",
    rests: "facts, 2.6; design, 5",
    title: "detach() answers at once and frees the lane, so that a handler can wait for its chat's next message",
    async run(start) {
      const answered = gate<number>()
      const heard: number[] = []
      const application = await start({
        async handler({ update_id }, context) {
          if (update_id === 2) return answered.open(update_id)
          context.detach()
          heard.push(await answered.passed)
        },
      })
      expectEmpty200(await application.deliver(command(1)))
      expect(application.webhook.status()).toMatchObject({ running: 0, waiting: 0, detached: 1 })
      expect(heard).toEqual([])
      expectEmpty200(await application.deliver(text(2)))
      await idle(application)
      expect(heard).toEqual([2])
      expectEmpty200(await application.deliver(command(1)))
      expect(count(application, "started")).toBe(2)
    },
  },
  {
    id: "detach-apart",
    level: "MUST",
    rests: "design, 5",
    title: "detach taken apart from its context works, and calling it again changes nothing",
    async run(start) {
      const stage = new Stage()
      const application = await start({
        handler(update, context) {
          const { detach } = context
          detach()
          detach()
          return stage.handler(update, context)
        },
      })
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty200(await application.deliver(text(2)))
      expect(count(application, "acknowledged")).toBe(2)
      for (const run of stage.runs) run.end()
      await idle(application)
    },
  },
  {
    id: "detach-failure",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title: "a failure after detach() is a dead letter with its error, and the update is remembered",
    async run(start) {
      const stage = new Stage()
      const dead = new DeadLetters()
      const application = await start({
        onDeadLetter: dead.onDeadLetter,
        handler(update, context) {
          context.detach()
          return stage.handler(update, context)
        },
      })
      expectEmpty200(await application.deliver(text()))
      const error = new Error("no")
      ;(await stage.run(1)).fail(error)
      await idle(application)
      expect(dead.letters).toEqual([{ id: 1, error, attempts: 1 }])
      expectEmpty200(await application.deliver(text()))
      expect(stage.started).toEqual(["1/1"])
    },
  },
  {
    id: "detach-frees-slot",
    level: "MUST",
    rests: "design, 5",
    title: "a detached handler does not count against concurrency",
    async run(start) {
      const stage = new Stage()
      const application = await start({
        concurrency: 1,
        queueLimit: 0,
        handler(update, context) {
          context.detach()
          return stage.handler(update, context)
        },
      })
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty200(await application.deliver(otherText(2)))
      expect(application.webhook.status()).toMatchObject({ running: 0, detached: 2 })
      for (const run of stage.runs) run.end()
      await idle(application)
    },
  },
  {
    id: "detach-lets-the-next-in",
    level: "MUST",
    rests: "design, 5",
    title: "an update that already waits in the lane starts at detach(), and the ones behind it still wait",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const sent = [
        await send(application, text(1)),
        await send(application, text(2)),
        await send(application, text(3)),
      ]
      ;(await stage.run(1)).context.detach()
      expectEmpty200(await sent[0]!.answer)
      await stage.run(2)
      expect(application.webhook.status()).toMatchObject({ running: 1, waiting: 1, detached: 1 })
      ;(await stage.run(1)).end()
      await until(() => application.webhook.status().detached === 0)
      expect(stage.started).toEqual(["1/1", "2/1"]) // The end of a run that has left the lane lets nobody else in.
      ;(await stage.run(2)).end()
      ;(await stage.run(3)).end()
      expectEmpty200(await sent[1]!.answer)
      expectEmpty200(await sent[2]!.answer)
    },
  },
  {
    id: "detach-too-late",
    level: "MUST",
    rests: "facts, 3.1",
    title: "detach() after the handler has failed promises nothing: 500, and the next delivery runs it again",
    async run(start) {
      const stage = new Stage()
      const released = gate()
      const store = memoryDedup()
      const application = await start({
        handler: stage.handler,
        botId: 1,
        dedup: { ...store, release: (key, lease) => released.passed.then(() => store.release(key, lease)) },
      })
      const first = await send(application, text())
      const run = await stage.run(1)
      run.fail(new Error("no"))
      await until(() => count(application, "failed") === 1)
      run.context.detach()
      released.open()
      expectEmpty500(await first.answer)
      run.context.detach()
      const second = await send(application, text())
      ;(await stage.run(2)).end()
      expectEmpty200(await second.answer)
    },
  },
]
