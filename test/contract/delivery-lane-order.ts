import { memoryDedup } from "@hookgram/core"
import { expect } from "vitest"
import { gate, turn } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { press, text } from "./delivery-samples.ts"
import { count, expect503, expectEmpty200, expectEmpty500, idle, send, Stage, withoutStrays } from "./delivery-stage.ts"

export const laneOrderCases: readonly ContractCase[] = [
  {
    id: "lane-failure",
    level: "MUST",
    rests: "design, 5",
    title: "a failed run does not block those behind it in the lane",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const first = await send(application, text(1))
      const second = await send(application, text(2))
      ;(await stage.run(1)).fail(new Error("no"))
      expectEmpty500(await first.answer)
      ;(await stage.run(2)).end()
      expectEmpty200(await second.answer)
    },
  },
  {
    id: "lane-refused-claim",
    level: "MUST",
    rests: "design, 5",
    title: "an update that gets no claim does not block those behind it in the lane",
    async run(start) {
      const store = memoryDedup()
      const asked = gate()
      const application = await start({
        botId: 1,
        dedup: {
          ...store,
          claim: (key, lease) =>
            key.updateId === 1 ? asked.passed.then(() => ({ state: "running", until: 0 })) : store.claim(key, lease),
        },
      })
      const first = await send(application, press(1))
      const second = await send(application, text(2))
      expect(application.webhook.status().waiting).toBe(2)
      asked.open()
      expect503(await first.answer, "1")
      expectEmpty200(await second.answer)
    },
  },
  {
    id: "lane-duplicate",
    level: "MUST",
    rests: "facts, 2.2 and 12",
    title: "a duplicate is answered while its lane is taken, and those behind it keep their places",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const done = await send(application, text(9))
      ;(await stage.run(1)).end()
      expectEmpty200(await done.answer)
      await idle(application)
      const first = await send(application, text(1))
      expectEmpty200(await application.deliver(text(9)))
      const second = await send(application, text(2))
      await turn()
      expect(stage.started).toEqual(["9/1", "1/1"])
      stage.runs[1]?.end()
      ;(await stage.run(3)).end()
      expectEmpty200(await first.answer)
      expectEmpty200(await second.answer)
    },
  },
  {
    id: "lane-slow-claim",
    level: "MUST",
    rests: "facts, 2.2; design, 5",
    title: "the order of a lane is that of arrival, also when the store answers in another order",
    async run(start) {
      const store = memoryDedup()
      const slow = gate()
      const stage = new Stage()
      const application = await start({
        handler: stage.handler,
        botId: 1,
        dedup: {
          ...store,
          claim: (key, lease) =>
            key.updateId === 1 ? slow.passed.then(() => store.claim(key, lease)) : store.claim(key, lease),
        },
      })
      const sent = [await send(application, text(1)), await send(application, text(2))]
      await turn()
      expect(stage.started).toEqual([])
      slow.open()
      ;(await stage.run(1)).end()
      ;(await stage.run(2)).end()
      for (const { answer } of sent) expectEmpty200(await answer)
      expect(stage.started).toEqual(["1/1", "2/1"])
    },
  },
  {
    id: "lane-throws",
    level: "MUST",
    rests: "design, 4",
    title: "a lane function that throws: 500, the handler is not run, and the next update is handled",
    async run(start) {
      const application = await start({
        lane: ({ update_id }) => {
          if (update_id === 1) throw new Error("no")
          return 1
        },
      })
      await withoutStrays(async () => {
        expectEmpty500(await application.deliver(text(1)))
        expectEmpty200(await application.deliver(text(2)))
      })
      expect(count(application, "started")).toBe(1)
      await idle(application)
    },
  },
]
