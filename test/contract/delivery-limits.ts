import { expect } from "vitest"
import { turn } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { otherText, text, thirdText } from "./delivery-samples.ts"
import { count, expect503, expectEmpty200, send, Stage } from "./delivery-stage.ts"

export const limitCases: readonly ContractCase[] = [
  {
    id: "limit-busy",
    level: "MUST",
    rests: "facts, 3.2; design, 4 and 5",
    title:
      "above concurrency and queueLimit an update is refused with 503 and not run; it is handled when it comes again",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, concurrency: 1, queueLimit: 1 })
      const running = await send(application, text(1))
      const waiting = await send(application, otherText(2))
      expect503(await application.deliver(thirdText(3)), "1")
      expect(count(application, "refused")).toBe(1)
      expect(application.webhook.status()).toMatchObject({ running: 1, waiting: 1 })
      ;(await stage.run(1)).end()
      expectEmpty200(await running.answer)
      ;(await stage.run(2)).end()
      expectEmpty200(await waiting.answer)
      const again = await send(application, thirdText(3))
      ;(await stage.run(3)).end()
      expectEmpty200(await again.answer)
      expect(stage.started).toEqual(["1/1", "2/1", "3/1"])
    },
  },
  {
    id: "limit-concurrency",
    level: "MUST",
    rests: "design, 5",
    title: "no more than concurrency handlers run at once; a slot that becomes free goes to whoever has waited longest",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, concurrency: 2, lane: () => undefined })
      const sent = []
      for (const id of [5, 4, 3, 2, 1]) sent.push(await send(application, text(id)))
      await turn()
      expect(stage.started).toEqual(["5/1", "4/1"])
      expect(application.webhook.status()).toMatchObject({ running: 2, waiting: 3 })
      stage.runs[1]?.end()
      await stage.run(3)
      await turn()
      expect(stage.started).toEqual(["5/1", "4/1", "3/1"])
      stage.runs[0]?.fail(new Error("no"))
      await stage.run(4)
      stage.runs[2]?.end()
      await stage.run(5)
      expect(stage.started).toEqual(["5/1", "4/1", "3/1", "2/1", "1/1"])
      for (const run of stage.runs) run.end()
      const statuses = (await Promise.all(sent.map(({ answer }) => answer))).map(({ status }) => status)
      expect(statuses).toEqual([500, 200, 200, 200, 200])
    },
  },
  {
    id: "limit-lane",
    level: "MUST",
    rests: "design, 5",
    title: "with queueLimit 0 nothing waits: a second update of the chat is refused with 503, one of another chat runs",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, concurrency: 10, queueLimit: 0 })
      const first = await send(application, text(1))
      expect503(await application.deliver(text(2)), "1")
      const other = await send(application, otherText(3))
      expect((await stage.run(2)).id).toBe(3)
      for (const run of stage.runs) run.end()
      expectEmpty200(await first.answer)
      expectEmpty200(await other.answer)
      const again = await send(application, text(2))
      ;(await stage.run(3)).end()
      expectEmpty200(await again.answer)
      expect(stage.started).toEqual(["1/1", "3/1", "2/1"])
    },
  },
  {
    id: "limit-lane-joins",
    level: "SHOULD",
    rests: "facts, 3.5; design, 5",
    title: "an update that is running is joined also when another one of its chat would be refused",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, concurrency: 10, queueLimit: 0 })
      const first = await send(application, text(1))
      const second = await send(application, text(1))
      ;(await stage.run(1)).end()
      expectEmpty200(await first.answer)
      expectEmpty200(await second.answer)
    },
  },
]
