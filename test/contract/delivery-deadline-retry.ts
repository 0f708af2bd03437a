import { expect } from "vitest"
import type { ContractCase } from "./case.ts"
import { inlineQuery, press, text, textWritten } from "./delivery-samples.ts"
import { DeadLetters, expect503, expectEmpty200, idle, send, Stage } from "./delivery-stage.ts"

/** A deadline that has to pass. */
const SHORT = 30

export const deadlineRetryCases: readonly ContractCase[] = [
  {
    id: "deadline-retry",
    level: "MUST",
    rests: "facts, 3.2 and 3.3; design, 5",
    title: 'with onDeadline "retry" Telegram is told 503, and the redelivery joins the run and gets 200 when it ends',
    async run(start) {
      const stage = new Stage()
      const application = await start({
        handler: stage.handler,
        deadline: SHORT,
        onDeadline: "retry",
        onEvent: (event) => {
          if (event.type === "joined") stage.runs[0]?.end() // At that moment, so that the redelivery cannot come to its own deadline.
        },
      })
      expect503(await application.deliver(press()), "1")
      expect(application.webhook.status().running).toBe(1)
      expectEmpty200(await application.deliver(press()))
      await idle(application)
      expectEmpty200(await application.deliver(press()))
      expect(stage.started).toEqual(["1/1"])
    },
  },
  {
    id: "deadline-retry-after",
    level: "MUST",
    rests: "facts, 3.3 and 3.4",
    title:
      "the Retry-After at the deadline never outlives the update: none for an inline query or an update that is old",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, deadline: SHORT, onDeadline: "retry" })
      const answers = await Promise.all(
        [inlineQuery(1), text(2), textWritten(0, 3), textWritten(86_400, 4)].map((update) =>
          application.deliver(update),
        ),
      )
      expect(answers.map(({ status, headers }) => [status, headers["retry-after"]])).toEqual([
        [503, undefined],
        [503, undefined],
        [503, "1"],
        [503, undefined],
      ])
      for (let n = 1; n <= 4; n++) (await stage.run(n)).end()
      await idle(application)
    },
  },
  {
    id: "deadline-retry-failure",
    level: "MUST",
    rests: "facts, 3.2",
    title: "a run that fails after a 503 is no dead letter: the redelivery runs it again, as attempt 2",
    async run(start) {
      const stage = new Stage()
      const dead = new DeadLetters()
      const application = await start({
        handler: stage.handler,
        onDeadLetter: dead.onDeadLetter,
        deadline: SHORT,
        onDeadline: "retry",
      })
      expect503(await application.deliver(press()), "1")
      ;(await stage.run(1)).fail(new Error("no"))
      await idle(application)
      const again = await send(application, press())
      ;(await stage.run(2)).end()
      expectEmpty200(await again.answer)
      expect(stage.started).toEqual(["1/1", "1/2"])
      expect(dead.letters).toEqual([])
    },
  },
  {
    id: "deadline-retry-success-between",
    level: "MUST",
    rests: "facts, 3.1 and 3.2",
    title: "a run that succeeds between a 503 and the redelivery is remembered: 200, and no second run",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, deadline: SHORT, onDeadline: "retry" })
      expect503(await application.deliver(press()), "1")
      ;(await stage.run(1)).end()
      await idle(application)
      expectEmpty200(await application.deliver(press()))
      expect(stage.started).toEqual(["1/1"])
    },
  },
  {
    id: "deadline-not-while-settling",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title:
      "a deadline that passes while a dead letter is being stored is a 503: the redelivery joins, and it is stored once",
    async run(start) {
      const stage = new Stage()
      const application = await start({
        handler: () => Promise.reject(new Error("no")),
        onDeadLetter: (update) => stage.handler(update, { attempt: 1 } as never),
        maxAttempts: 1,
        deadline: SHORT,
        onEvent: (event) => {
          if (event.type === "joined") stage.runs[0]?.end()
        },
      })
      expect503(await application.deliver(press()), "1")
      expectEmpty200(await application.deliver(press()))
      await idle(application)
      expectEmpty200(await application.deliver(press()))
      expect(stage.runs.length).toBe(1)
    },
  },
]
