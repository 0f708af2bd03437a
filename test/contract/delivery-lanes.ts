import { kindOf } from "@hookgram/core"
import { expect } from "vitest"
import { turn } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { command, inlineQuery, otherInlineQuery, otherText, poll, press, text } from "./delivery-samples.ts"
import { expectEmpty200, send, Stage } from "./delivery-stage.ts"

export const laneCases: readonly ContractCase[] = [
  {
    id: "lane-order",
    level: "MUST",
    rests: "facts, 2.2; design, 5",
    title: "updates of one chat never overlap and are handled in the order they arrived, whatever their ids",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const sent = [
        await send(application, text(3)),
        await send(application, command(1)),
        await send(application, text(2)),
      ]
      for (const [n, started] of [["3/1"], ["3/1", "1/1"], ["3/1", "1/1", "2/1"]].entries()) {
        const run = await stage.run(n + 1)
        await turn()
        expect(stage.started).toEqual(started)
        expect(application.webhook.status()).toMatchObject({ running: 1, waiting: 2 - n })
        run.end()
        expectEmpty200(await sent[n]!.answer)
      }
    },
  },
  {
    id: "lane-parallel",
    level: "MUST",
    rests: "facts, 2.2",
    title: "updates of different chats run at the same time, and end in any order",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const first = await send(application, text(1))
      const second = await send(application, otherText(2))
      await stage.run(2)
      expect(application.webhook.status()).toMatchObject({ running: 2, waiting: 0 })
      stage.runs[1]?.end()
      expectEmpty200(await second.answer)
      stage.runs[0]?.end()
      expectEmpty200(await first.answer)
    },
  },
  {
    id: "lane-kinds",
    level: "MUST",
    rests: "facts, 2.2; design, 5",
    title: "a message and a button press of one chat share its lane, though Telegram delivers them side by side",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const first = await send(application, press(1))
      const second = await send(application, text(2))
      await turn()
      expect(stage.started).toEqual(["1/1"])
      stage.runs[0]?.end()
      ;(await stage.run(2)).end()
      expectEmpty200(await first.answer)
      expectEmpty200(await second.answer)
    },
  },
  {
    id: "lane-user",
    level: "MUST",
    rests: "facts, 9; design, 5",
    title: "updates without a chat share the lane of their user",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const first = await send(application, inlineQuery(1))
      const second = await send(application, otherInlineQuery(2))
      await turn()
      expect(stage.started).toEqual(["1/1"])
      stage.runs[0]?.end()
      ;(await stage.run(2)).end()
      expectEmpty200(await first.answer)
      expectEmpty200(await second.answer)
    },
  },
  {
    id: "lane-without",
    level: "MUST",
    rests: "facts, 9; design, 5",
    title: "updates with neither a chat nor a user have no lane",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const sent = [await send(application, poll(1)), await send(application, poll(2))]
      await stage.run(2)
      for (const run of stage.runs) run.end()
      for (const { answer } of sent) expectEmpty200(await answer)
    },
  },
  {
    id: "lane-off",
    level: "MUST",
    rests: "design, 5",
    title: "lane: () => undefined lets updates of one chat overlap",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, lane: () => undefined })
      const sent = [await send(application, text(1)), await send(application, text(2))]
      await stage.run(2)
      expect(application.webhook.status()).toMatchObject({ running: 2, waiting: 0 })
      for (const run of stage.runs) run.end()
      for (const { answer } of sent) expectEmpty200(await answer)
    },
  },
  {
    id: "lane-custom",
    level: "MUST",
    rests: "design, 5",
    title: "a lane of one's own decides alone: here the kind",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, lane: kindOf })
      const sent = [
        await send(application, text(1)),
        await send(application, otherText(2)),
        await send(application, press(3)),
      ]
      await stage.run(2)
      await turn()
      expect(stage.started).toEqual(["1/1", "3/1"])
      stage.runs[0]?.end()
      await stage.run(3)
      for (const run of stage.runs) run.end()
      for (const { answer } of sent) expectEmpty200(await answer)
    },
  },
]
