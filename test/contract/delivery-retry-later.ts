import { RetryLater, type Update } from "@hookgram/core"
import { expect } from "vitest"
import { until } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { inlineQuery, press, text, textEdited, textWritten } from "./delivery-samples.ts"
import { DeadLetters, expect503, expectEmpty200, idle, Stage } from "./delivery-stage.ts"

const DAY = 86_400

/** What a handler asks for, of which update, and the `Retry-After` that Telegram may be given. */
const waits: readonly (readonly [
  id: string,
  title: string,
  seconds: number,
  update: () => Update,
  header: string | undefined,
])[] = [
  ["inline-query", "an inline query, which lives for 30 s, gets none", 30, inlineQuery, undefined],
  [
    "callback-query",
    "a button press, which lives for 150 s from a time we do not know, gets at most 5",
    30,
    press,
    "5",
  ],
  ["callback-query-short", "a button press gets the 2 that were asked for", 2, press, "2"],
  ["message", "a fresh message gets the 30 that were asked for", 30, () => textWritten(0), "30"],
  ["edited", "an old message that was just edited lives from its edit", 30, () => textEdited(0), "30"],
  ["fraction", "2.5 s become 2: Telegram reads only whole seconds", 2.5, () => textWritten(0), "2"],
  ["zero", "0 s is an immediate retry, without a Retry-After", 0, () => textWritten(0), undefined],
  ["longest", "two hours become the hour that Telegram honours", 7200, () => textWritten(0), "3600"],
  ["old", "a message at the end of its 24 hours gets none", 30, () => textWritten(DAY - 30), undefined],
  ["dead", "a message that Telegram should have dropped gets none", 30, text, undefined],
]

function retryLaterCase([id, title, seconds, update, header]: (typeof waits)[number]): ContractCase {
  return {
    id: `retry-later-${id}`,
    level: "MUST",
    rests: "facts, 3.3 and 3.4",
    title: `RetryLater(${seconds}) before the answer is a 503, and ${title}`,
    async run(start) {
      const attempts: number[] = []
      const application = await start({
        handler(_update, { attempt }) {
          attempts.push(attempt)
          if (attempt === 1) throw new RetryLater(seconds)
        },
      })
      expect503(await application.deliver(update()), header)
      expectEmpty200(await application.deliver(update()))
      expect(attempts).toEqual([1, 2])
    },
  }
}

export const retryLaterCases: readonly ContractCase[] = [
  ...waits.map(retryLaterCase),
  {
    id: "retry-later-near-end",
    level: "MUST",
    rests: "facts, 3.3 and 3.4",
    title: "the Retry-After of an old message ends before the message does",
    async run(start) {
      const application = await start({ handler: () => Promise.reject(new RetryLater(300)) })
      const { status, headers } = await application.deliver(textWritten(DAY - 120))
      expect(status).toBe(503)
      expect(Number(headers["retry-after"])).toBeGreaterThan(0)
      expect(Number(headers["retry-after"])).toBeLessThan(120)
    },
  },
  {
    id: "retry-later-after-answer",
    level: "MUST",
    rests: "facts, 3.1; design, 5",
    title: "RetryLater after the answer runs the update again here, in its lane, as attempt 2",
    async run(start) {
      const stage = new Stage()
      const dead = new DeadLetters()
      const application = await start({ handler: stage.handler, onDeadLetter: dead.onDeadLetter, deadline: 0 })
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty200(await application.deliver(text(2)))
      ;(await stage.run(1)).fail(new RetryLater(0))
      const second = await stage.run(2)
      await until(() => application.webhook.status().waiting === 1)
      expect(stage.started).toEqual(["1/1", "2/1"]) // The chat's next update runs, so the second attempt waits.
      second.end()
      ;(await stage.run(3)).end()
      await idle(application)
      expectEmpty200(await application.deliver(text(1)))
      expect(stage.started).toEqual(["1/1", "2/1", "1/2"])
      expect(dead.letters).toEqual([])
    },
  },
  {
    id: "retry-later-exhausted",
    level: "MUST",
    rests: "design, 5",
    title: "RetryLater after the answer, again and again, ends after maxAttempts as a dead letter",
    async run(start) {
      const dead = new DeadLetters()
      const attempts: number[] = []
      const application = await start({
        deadline: 0,
        maxAttempts: 3,
        onDeadLetter: dead.onDeadLetter,
        handler(_update, { attempt }) {
          attempts.push(attempt)
          throw new RetryLater(0)
        },
      })
      expectEmpty200(await application.deliver(text()))
      await idle(application)
      expect(attempts).toEqual([1, 2, 3])
      expect(dead.letters).toEqual([{ id: 1, error: expect.objectContaining({ code: "retry_later" }), attempts: 3 }])
    },
  },
]
