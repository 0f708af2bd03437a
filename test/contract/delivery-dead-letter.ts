import { GiveUp, HookgramError, memoryDedup, RetryLater } from "@hookgram/core"
import { expect } from "vitest"
import type { ContractCase } from "./case.ts"
import { poll, press, text, textEdited, textWritten } from "./delivery-samples.ts"
import { count, DeadLetters, expectEmpty200, expectEmpty500 } from "./delivery-stage.ts"

/** Forms in which a verdict reaches us: bot libraries wrap what their handlers throw. */
const giveUps: readonly (() => unknown)[] = [
  () => new GiveUp("no use"),
  () => Object.assign(new Error("Error in middleware"), { error: new GiveUp("no use") }),
  () => new Error("wrapped", { cause: new GiveUp("no use") }),
  () => Object.assign(new Error("from another copy of the package"), { code: "give_up" }),
]

function deadLetterCase(way: string, refuse: () => unknown): ContractCase {
  return {
    id: `dead-letter-${way}`,
    level: "MUST",
    rests: "design, 5",
    title: `while onDeadLetter ${way}, the update is not lost: 500, and it can come again`,
    async run(start) {
      const dead = new DeadLetters()
      let full = true
      const application = await start({
        handler: () => Promise.reject(new GiveUp("no use")),
        onDeadLetter: (update, error, attempts) => (full ? refuse() : dead.onDeadLetter(update, error, attempts)),
      })
      expectEmpty500(await application.deliver(text()))
      full = false
      expectEmpty200(await application.deliver(text()))
      expectEmpty200(await application.deliver(text()))
      expect(dead.letters).toEqual([{ id: 1, error: expect.objectContaining({ code: "give_up" }), attempts: 2 }])
    },
  }
}

export const deadLetterCases: readonly ContractCase[] = [
  {
    id: "give-up",
    level: "MUST",
    rests: "design, 5",
    title: "GiveUp, also one that a bot library has wrapped: 200, a dead letter with the error, and no other run",
    async run(start) {
      const dead = new DeadLetters()
      const errors = giveUps.map((make) => make())
      const application = await start({
        handler: ({ update_id }) => Promise.reject(errors[update_id]),
        onDeadLetter: dead.onDeadLetter,
      })
      for (const id of errors.keys()) {
        expectEmpty200(await application.deliver(text(id)))
        expectEmpty200(await application.deliver(text(id)))
      }
      expect(dead.letters.map(({ id, error, attempts }) => [id, error === errors[id], attempts])).toEqual(
        errors.map((_, id) => [id, true, 1]),
      )
      expect(count(application, "started")).toBe(errors.length)
    },
  },
  {
    id: "give-up-alone",
    level: "MUST",
    rests: "design, 5",
    title: "an update that is given up on gets 200 also where nobody takes dead letters",
    async run(start) {
      const application = await start({ handler: () => Promise.reject(new GiveUp("no use")) })
      expectEmpty200(await application.deliver(text()))
      expect(count(application, "deadLettered")).toBe(1)
    },
  },
  {
    id: "max-attempts",
    level: "MUST",
    rests: "facts, 2.4 and 3.2; design, 5",
    title: "after maxAttempts failures the update is a dead letter with the last error and the count, and gets 200",
    async run(start) {
      const dead = new DeadLetters()
      const errors: Error[] = []
      const application = await start({
        maxAttempts: 2,
        onDeadLetter: dead.onDeadLetter,
        handler(_update, { attempt }) {
          const error = attempt === 1 ? new Error("first") : new RetryLater(1)
          errors.push(error)
          throw error
        },
      })
      expectEmpty500(await application.deliver(text()))
      expect(dead.letters).toEqual([])
      expectEmpty200(await application.deliver(text()))
      expectEmpty200(await application.deliver(text()))
      expect(errors.length).toBe(2)
      expect(dead.letters).toEqual([{ id: 1, error: errors[1], attempts: 2 }])
      expect(dead.letters[0]?.error).toBe(errors[1])
    },
  },
  {
    id: "max-attempts-crashed",
    level: "MUST",
    rests: "facts, 2.4; design, 5",
    title:
      "an update whose earlier attempts took their process with them is not tried more than maxAttempts times either",
    async run(start) {
      const dead = new DeadLetters()
      const application = await start({
        maxAttempts: 3,
        onDeadLetter: dead.onDeadLetter,
        botId: 1,
        dedup: { ...memoryDedup(), claim: async () => ({ state: "claimed", attempt: 4 }) },
      })
      expectEmpty200(await application.deliver(text()))
      expect(dead.letters).toEqual([{ id: 1, error: expect.any(HookgramError), attempts: expect.any(Number) }])
      expect(dead.letters[0]?.error).toMatchObject({ code: "attempts_exhausted" })
      expect(count(application, "started")).toBe(0)
    },
  },
  {
    id: "max-age",
    level: "MUST",
    rests: "facts, 3.4; design, 4",
    title:
      "an update older than maxAge is a dead letter unseen; a fresh one, and one that carries no date, are handled",
    async run(start) {
      const dead = new DeadLetters()
      const ids: number[] = []
      const application = await start({
        handler: ({ update_id }) => ids.push(update_id),
        onDeadLetter: dead.onDeadLetter,
        maxAge: 60_000,
      })
      for (const update of [
        textWritten(120, 1),
        textWritten(0, 2),
        press(3),
        poll(4),
        textEdited(0, 5),
        textEdited(120, 6),
      ]) {
        expectEmpty200(await application.deliver(update))
      }
      expect(ids).toEqual([2, 3, 4, 5])
      expect(dead.letters.map(({ id, error }) => [id, (error as HookgramError).code])).toEqual([
        [1, "too_old"],
        [6, "too_old"],
      ])
    },
  },
  deadLetterCase("throws", () => {
    throw new Error("full")
  }),
  deadLetterCase("rejects", () => Promise.reject(new Error("full"))),
]
