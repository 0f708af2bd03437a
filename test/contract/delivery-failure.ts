import { expect } from "vitest"
import { secretToken } from "../support/application.ts"
import { wireRequest } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { text } from "./delivery-samples.ts"
import { DeadLetters, expectEmpty200, expectEmpty500, idle, withoutStrays } from "./delivery-stage.ts"

/** An object that cannot even be looked at. */
const hostile = (): object => ({
  get code(): never {
    throw new Error("do not look at me")
  },
})

/** Ways to fail: what a handler does in its first attempt. */
const failures: readonly (readonly [id: string, title: string, fail: () => unknown])[] = [
  ["throw-error", "throws an error", () => fail(new Error("no"))],
  ["throw-string", "throws a string", () => fail("no")],
  ["throw-undefined", "throws undefined", () => fail(undefined)],
  ["throw-null", "throws null", () => fail(null)],
  ["throw-hostile", "throws an object with a getter that throws", () => fail(hostile())],
  ["reject-error", "rejects", () => Promise.reject(new Error("no"))],
  ["reject-undefined", "rejects with undefined", () => Promise.reject(undefined)],
  ["reject-hostile", "rejects with an object with a getter that throws", () => Promise.reject(hostile())],
  ["reject-chain", "returns the end of a chain that was rejected long ago", rejectedChain],
  [
    "reject-later",
    "rejects after a turn of the event loop",
    () => new Promise((_, reject) => setImmediate(reject, new Error("no"))),
  ],
  // oxlint-disable-next-line unicorn/no-thenable -- being one is the point
  ["thenable-throws", "returns a thenable whose then throws", () => ({ then: () => fail(new Error("no")) })],
  ["return-hostile", "returns an object whose method getter throws", hostileReply],
]

function hostileReply(): object {
  return {
    get method(): never {
      throw new Error("do not look at me")
    },
  }
}

function fail(error: unknown): never {
  throw error
}

/** Nobody but its receiver listens to this promise. */
async function rejectedChain(): Promise<void> {
  await Promise.reject(new Error("no"))
    .then(() => {})
    .finally(() => {})
}

function failureCase([id, title, attempt]: (typeof failures)[number]): ContractCase {
  return {
    id,
    level: "MUST",
    rests: "facts, 3.1; design, 4",
    title: `a handler that ${title}: 500, nothing is left to the process, and the next delivery runs as attempt 2`,
    async run(start) {
      const attempts: number[] = []
      const application = await start({
        handler: (_update, context) => {
          attempts.push(context.attempt)
          return context.attempt === 1 ? attempt() : undefined
        },
      })
      await withoutStrays(async () => {
        expectEmpty500(await application.deliver(text()))
        expectEmpty200(await application.deliver(text()))
        await idle(application)
      })
      expect(attempts).toEqual([1, 2])
    },
  }
}

export const failureCases: readonly ContractCase[] = [
  ...failures.map(failureCase),
  {
    id: "throw-hostile-after-answer",
    level: "MUST",
    rests: "design, 5",
    title: "an object with a getter that throws, thrown after the answer, is a dead letter like any other failure",
    async run(start) {
      const dead = new DeadLetters()
      const error = hostile()
      const application = await start({
        onDeadLetter: dead.onDeadLetter,
        handler: async (_update, { detach }) => {
          detach()
          throw error
        },
      })
      await withoutStrays(async () => {
        expectEmpty200(await application.deliver(text()))
        await idle(application)
      })
      expect(dead.letters.map((letter) => letter.error === error)).toEqual([true])
    },
  },
  {
    id: "fail-keep-alive",
    level: "SHOULD",
    rests: "facts, 1.3 and 2.5",
    title: "a failed delivery does not cost the connection: the same one carries the retry",
    async run(start) {
      const application = await start({
        handler: (_update, { attempt }) => (attempt === 1 ? fail(new Error("no")) : undefined),
      })
      const connection = await application.connect()
      const delivery = wireRequest(text(), { port: application.port, secretToken })
      connection.write(delivery)
      expectEmpty500(await connection.answer())
      connection.write(delivery)
      expectEmpty200(await connection.answer())
      expect(connection.ended).toBe(false)
    },
  },
]
