import { expect } from "vitest"
import { secretToken } from "../support/application.ts"
import { until } from "../support/gate.ts"
import { wireRequest } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { otherText, text } from "./delivery-samples.ts"
import { count, expectEmpty200, expectEmpty500, send, Stage } from "./delivery-stage.ts"

export const duplicateCases: readonly ContractCase[] = [
  {
    id: "duplicate-after-success",
    level: "MUST",
    rests: "facts, 12",
    title: "an update that was handled gets 200 and is not run again",
    async run(start) {
      const ids: number[] = []
      const application = await start({ handler: ({ update_id }) => ids.push(update_id) })
      for (const id of [7, 7, 0, 0, 7]) expectEmpty200(await application.deliver(text(id)))
      expect(ids).toEqual([7, 0])
      expect(count(application, "duplicate")).toBe(3)
    },
  },
  {
    id: "duplicate-during",
    level: "MUST",
    rests: "facts, 3.5 and 12",
    title: "an update that is running is joined: one run, and both deliveries get 200 when it ends",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const first = await send(application, text())
      const second = await send(application, text())
      expect(stage.started).toEqual(["1/1"])
      ;(await stage.run(1)).end()
      expectEmpty200(await first.answer)
      expectEmpty200(await second.answer)
      expect(stage.started).toEqual(["1/1"])
    },
  },
  {
    id: "duplicate-after-failure",
    level: "MUST",
    rests: "facts, 3.2",
    title: "an update that failed is run again at each delivery until it succeeds, with the attempts counted",
    async run(start) {
      const attempts: number[] = []
      const application = await start({
        handler(_update, { attempt }) {
          attempts.push(attempt)
          if (attempt < 4) throw new Error("not yet")
        },
      })
      const statuses: number[] = []
      for (let n = 0; n < 5; n++) statuses.push((await application.deliver(text())).status)
      expect(statuses).toEqual([500, 500, 500, 200, 200])
      expect(attempts).toEqual([1, 2, 3, 4])
    },
  },
  {
    id: "three-at-once",
    level: "MUST",
    rests: "facts, 12",
    title: "three deliveries at once are one run and are answered alike",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const answers = Promise.all([text(), text(), text()].map((update) => application.deliver(update)))
      await until(() => count(application, "received") === 3)
      ;(await stage.run(1)).end()
      for (const answer of await answers) expectEmpty200(answer)
      expect(stage.started).toEqual(["1/1"])
    },
  },
  {
    id: "join-failing",
    level: "MUST",
    rests: "facts, 3.1",
    title: "when a run fails, every delivery that waits for it gets 500, and the next one runs it again",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const sent = [await send(application, text()), await send(application, text()), await send(application, text())]
      ;(await stage.run(1)).fail(new Error("no"))
      for (const { answer } of sent) expectEmpty500(await answer)
      const again = await send(application, text())
      ;(await stage.run(2)).end()
      expectEmpty200(await again.answer)
      expect(stage.started).toEqual(["1/1", "1/2"])
    },
  },
  {
    id: "join-in-lane",
    level: "MUST",
    rests: "facts, 2.2 and 12",
    title: "an update that waits for its lane is joined too, and keeps its place",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const sent = [
        await send(application, text(1)),
        await send(application, text(2)),
        await send(application, text(3)),
        await send(application, text(2)),
      ]
      for (const n of [1, 2, 3]) (await stage.run(n)).end()
      for (const { answer } of sent) expectEmpty200(await answer)
      expect(stage.started).toEqual(["1/1", "2/1", "3/1"])
    },
  },
  {
    id: "lower-id-later",
    level: "MUST",
    rests: "facts, 2.6",
    title: "an update whose id is lower than one already handled is handled: ids are not in order of delivery",
    async run(start) {
      const ids: number[] = []
      const application = await start({ handler: ({ update_id }) => ids.push(update_id) })
      expectEmpty200(await application.deliver(text(900)))
      expectEmpty200(await application.deliver(otherText(100)))
      expectEmpty200(await application.deliver(text(101)))
      expect(ids).toEqual([900, 100, 101])
    },
  },
  {
    id: "unverified-claims-nothing",
    level: "MUST",
    rests: "design, 5",
    title: "a delivery with a wrong secret leaves no mark on its update: the true one is handled, as attempt 1",
    async run(start) {
      const attempts: number[] = []
      const application = await start({ handler: (_update, { attempt }) => attempts.push(attempt) })
      const connection = await application.connect()
      connection.write(wireRequest(text(), { port: application.port, secretToken: `${secretToken}x` }))
      expect((await connection.answer()).status).toBe(401)
      expectEmpty200(await application.deliver(text()))
      expect(attempts).toEqual([1])
    },
  },
]
