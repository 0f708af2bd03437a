import { GiveUp, HookgramError, RetryLater } from "@hookgram/core"
import { expect } from "vitest"
import { turn } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { otherText, text } from "./delivery-samples.ts"
import { expectEmpty200, expectEmpty500, idle, send, Stage } from "./delivery-stage.ts"

export const acceptCases: readonly ContractCase[] = [
  {
    id: "accept-outcomes",
    level: "MUST",
    rests: "design, 3",
    title: "accept() tells what became of an update, with the attempts and the memory of HTTP deliveries",
    async run(start) {
      const reply = { method: "sendMessage", chat_id: 1, text: "hi" }
      const errors = new Map<string, Error>([
        ["2/1", new Error("no")],
        ["3/1", new RetryLater(7)],
        ["4/1", new GiveUp("no use")],
      ])
      const application = await start({
        handler({ update_id }, { attempt }) {
          const error = errors.get(`${update_id}/${attempt}`)
          if (error) throw error
          return update_id === 1 ? reply : undefined
        },
      })
      const { webhook, deliver } = application
      expect(await webhook.accept(text(1))).toEqual({ result: "handled", reply })
      await idle(application)
      expect(await webhook.accept(text(1))).toEqual({ result: "duplicate" })
      expectEmpty200(await deliver(text(1)))
      expect(await webhook.accept(text(2))).toMatchObject({ result: "failed", error: errors.get("2/1") })
      expectEmpty200(await deliver(text(2)))
      await idle(application)
      expect(await webhook.accept(text(2))).toEqual({ result: "duplicate" })
      expect(await webhook.accept(text(3))).toMatchObject({ result: "failed", retryAfter: 7 })
      expect(await webhook.accept(text(3))).toEqual({ result: "handled" })
      expect(await webhook.accept(text(4))).toEqual({ result: "deadLettered", error: errors.get("4/1") })
      expectEmpty200(await deliver(text(5)))
      await idle(application)
      expect(await webhook.accept(text(5))).toEqual({ result: "duplicate" })
      await webhook.close()
      expect(await webhook.accept(text(6))).toEqual({ result: "closing" })
    },
  },
  {
    id: "accept-joins",
    level: "MUST",
    rests: "facts, 12; design, 3",
    title: "accept() and an HTTP delivery of one update join each other, whichever came first: one run",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const { webhook } = application
      const first = await send(application, text(1))
      const joined = webhook.accept(text(1))
      ;(await stage.run(1)).end()
      expectEmpty200(await first.answer)
      expect(await joined).toEqual({ result: "handled" })

      const accepted = webhook.accept(text(2))
      const second = await send(application, text(2))
      const error = new Error("no")
      ;(await stage.run(2)).fail(error)
      expect(await accepted).toMatchObject({ result: "failed", error })
      expectEmpty500(await second.answer)
      expect(stage.started).toEqual(["1/1", "2/1"])
    },
  },
  {
    id: "accept-lanes",
    level: "MUST",
    rests: "design, 3 and 5",
    title: "accepted updates keep to lanes and limits with those that came by HTTP",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler, concurrency: 1, queueLimit: 1 })
      const { webhook } = application
      const first = webhook.accept(text(1))
      const second = await send(application, text(2))
      await turn()
      expect(stage.started).toEqual(["1/1"])
      expect(await webhook.accept(otherText(3))).toEqual({ result: "busy" })
      ;(await stage.run(1)).end()
      ;(await stage.run(2)).end()
      expect(await first).toEqual({ result: "handled" })
      expectEmpty200(await second.answer)
    },
  },
  {
    id: "accept-waits",
    level: "MUST",
    rests: "design, 3",
    title: "accept() waits until the handler is done, whatever the deadline; detach() ends its wait",
    async run(start) {
      const stage = new Stage()
      const { webhook } = await start({ handler: stage.handler, deadline: 0 })
      const outcome = webhook.accept(text(1))
      const run = await stage.run(1)
      expect(run.context).toMatchObject({ attempt: 1, deadline: Number.POSITIVE_INFINITY })
      const error = new Error("no")
      run.fail(error)
      expect(await outcome).toMatchObject({ result: "failed", error }) // Nobody was told 200: it is no dead letter.
      const detached = webhook.accept(text(2))
      ;(await stage.run(2)).context.detach()
      expect(await detached).toEqual({ result: "acknowledged" })
      stage.runs[1]?.end()
    },
  },
  {
    id: "accept-invalid",
    level: "MUST",
    rests: "design, 3 and 4",
    title: "accept() rejects what is not an update, with invalid_update",
    async run(start) {
      const { webhook } = await start()
      for (const value of [
        undefined,
        null,
        1,
        "",
        "null",
        [],
        {},
        { update_id: -1 },
        { update_id: "1" },
        { update_id: 1.5 },
        { update_id: 2 ** 53 },
      ]) {
        const error: unknown = await webhook.accept(value).catch((reason: unknown) => reason)
        expect(error).toBeInstanceOf(HookgramError)
        expect(error).toMatchObject({ code: "invalid_update" })
      }
      expect(webhook.status().lastUpdate).toBeUndefined()
    },
  },
]
