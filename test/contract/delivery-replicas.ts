import { memoryDedup } from "@hookgram/core"
import { expect } from "vitest"
import { until } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { press, text } from "./delivery-samples.ts"
import { count, expect503, expectEmpty200, expectEmpty500, send, Stage } from "./delivery-stage.ts"

export const replicaCases: readonly ContractCase[] = [
  {
    id: "store-elsewhere",
    level: "MUST",
    rests: "facts, 3.3; design, 4",
    title: "an update that another machine runs gets 503 and comes again in 1 to 5 s; it is not run here",
    async run(start) {
      let left = 0
      const application = await start({
        dedup: { ...memoryDedup(), claim: async () => ({ state: "running", until: Date.now() + left }) },
        botId: 1,
      })
      for (const [milliseconds, header] of [
        [-1000, "1"],
        [0, "1"],
        [2500, "3"],
        [60_000, "5"],
      ] as const) {
        left = milliseconds
        expect503(await application.deliver(press()), header)
      }
      expect(count(application, "started")).toBe(0)
    },
  },
  {
    id: "store-two-bots",
    level: "MUST",
    rests: "facts, 12; design, 5",
    title: "two bots that share a store do not share their ids; two webhooks of one bot do",
    async run(start) {
      const dedup = memoryDedup()
      const handled: string[] = []
      const webhookOf = (botId: string | number, name: string): ReturnType<typeof start> =>
        start({ dedup, botId, handler: () => handled.push(name) })
      const applications = [
        await webhookOf(1, "first"),
        await webhookOf(11, "second"),
        await webhookOf("1", "replica of the first"),
      ]
      for (const id of [1, 11])
        for (const application of applications) expectEmpty200(await application.deliver(text(id)))
      expect(handled).toEqual(["first", "second", "first", "second"])
    },
  },
  {
    id: "store-replica-runs",
    level: "MUST",
    rests: "facts, 3.5 and 12; design, 4",
    title:
      "while one replica runs an update another one answers 503, and 200 once it is done, or runs it after a failure",
    async run(start) {
      const stage = new Stage()
      const shared = { dedup: memoryDedup(), botId: 1, handler: stage.handler }
      const here = await start(shared)
      const there = await start(shared)
      const first = await send(here, press())
      expect503(await there.deliver(press()), "5")
      ;(await stage.run(1)).fail(new Error("no"))
      expectEmpty500(await first.answer)
      const second = await send(there, press())
      expect503(await here.deliver(press()), "5")
      ;(await stage.run(2)).end()
      expectEmpty200(await second.answer)
      await until(() => there.webhook.status().detached === 0)
      expectEmpty200(await here.deliver(press()))
      expect(stage.started).toEqual(["1/1", "1/2"])
    },
  },
]
