import { expect } from "vitest"
import { secretToken } from "../support/application.ts"
import { until } from "../support/gate.ts"
import { wireRequest } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { otherText, text } from "./delivery-samples.ts"
import { count, DeadLetters, expectEmpty200, expectEmpty500, idle, send, Stage } from "./delivery-stage.ts"

/** A deadline that has to pass. */
const SHORT = 30

export const deadlineCases: readonly ContractCase[] = [
  {
    id: "deadline-acknowledge",
    level: "MUST",
    rests: "facts, 2.5; design, 5",
    title:
      "at the deadline Telegram is told 200 while the handler goes on; a delivery that joins then gets 200 at once",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, deadline: SHORT })
      expectEmpty200(await application.deliver(text()))
      expect(application.webhook.status().running).toBe(1)
      expectEmpty200(await application.deliver(text()))
      expect(count(application, "joined")).toBe(1)
      const run = await stage.run(1)
      expect(run.context.signal.aborted).toBe(false)
      run.end()
      await idle(application)
      expectEmpty200(await application.deliver(text()))
      expect(stage.started).toEqual(["1/1"])
    },
  },
  {
    id: "deadline-acknowledge-failure",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title: "a failure after the deadline's 200 is a dead letter at once, with its error, and the update is remembered",
    async run(start) {
      const stage = new Stage()
      const dead = new DeadLetters()
      const application = await start({ handler: stage.handler, onDeadLetter: dead.onDeadLetter, deadline: SHORT })
      expectEmpty200(await application.deliver(text()))
      const error = new Error("too late")
      ;(await stage.run(1)).fail(error)
      await idle(application)
      expect(dead.letters).toEqual([{ id: 1, error, attempts: 1 }])
      expectEmpty200(await application.deliver(text()))
      expect(stage.started).toEqual(["1/1"])
    },
  },
  {
    id: "deadline-one-answer",
    level: "MUST",
    rests: "facts, 3.1",
    title:
      "a run that ends after its deadline writes nothing more: the connection's next answer is the next delivery's",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, deadline: SHORT, callApi: () => {} })
      const connection = await application.connect()
      connection.write(wireRequest(text(1), { port: application.port, secretToken }))
      expectEmpty200(await connection.answer())
      ;(await stage.run(1)).end({ method: "sendMessage", chat_id: 1, text: "late" })
      await idle(application)
      connection.write(wireRequest(text(2), { port: application.port, secretToken }))
      ;(await stage.run(2)).fail(new Error("no"))
      expectEmpty500(await connection.answer())
    },
  },
  {
    id: "deadline-in-lane",
    level: "MUST",
    rests: "design, 5",
    title:
      "an update whose deadline passes while it waits for its lane is answered too, and runs once when its turn comes",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, deadline: SHORT })
      const first = await send(application, text(1))
      const second = await send(application, text(2))
      expectEmpty200(await first.answer)
      expectEmpty200(await second.answer)
      expect(stage.started).toEqual(["1/1"])
      ;(await stage.run(1)).end()
      ;(await stage.run(2)).end()
      await idle(application)
      expectEmpty200(await application.deliver(text(2)))
      expect(stage.started).toEqual(["1/1", "2/1"])
    },
  },
  {
    id: "deadline-zero",
    level: "MUST",
    rests: "facts, 2.6; design, 5",
    title:
      "with deadline 0 the answer comes before the handler ends, and the chat's next update still waits for its lane",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, deadline: 0 })
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty200(await application.deliver(text(2)))
      expectEmpty200(await application.deliver(otherText(3)))
      await stage.run(2)
      expect(stage.started).toEqual(["1/1", "3/1"])
      stage.runs[0]?.end()
      await stage.run(3)
      expect(stage.started).toEqual(["1/1", "3/1", "2/1"])
      for (const run of stage.runs) run.end()
      await idle(application)
    },
  },
  {
    id: "deadline-zero-failure",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title: "with deadline 0 every failure is a dead letter, and the update is remembered",
    async run(start) {
      const dead = new DeadLetters()
      const error = new Error("no")
      const application = await start({
        handler: () => Promise.reject(error),
        onDeadLetter: dead.onDeadLetter,
        deadline: 0,
      })
      expectEmpty200(await application.deliver(text()))
      await until(() => dead.letters.length > 0)
      expectEmpty200(await application.deliver(text()))
      await idle(application)
      expect(dead.letters).toEqual([{ id: 1, error, attempts: 1 }])
      expect(count(application, "started")).toBe(1)
    },
  },
]
