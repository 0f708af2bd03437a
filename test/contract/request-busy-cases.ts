import type { Update } from "@hookgram/core"
import { expect } from "vitest"
import type { Application } from "../support/application.ts"
import type { Connection, WireAnswer } from "../support/connection.ts"
import { type Gate, gate } from "../support/gate.ts"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { chunked, requestBytes, requestHead } from "./request-bytes.ts"
import { exchange, expectNoBody, expectRejection, type Start } from "./request-exchange.ts"

const update = recordedUpdate("message-21-text-cyrillic-emoji")

function wire(update_id: number): string {
  return wireBody({ ...update, update_id })
}

interface Busy {
  readonly application: Application
  /** The connection of the delivery that is being handled. */
  readonly first: Connection
  /** The updates that came to the handler. */
  readonly handled: readonly number[]
  /** Holds the handler until it is opened. */
  readonly released: Gate
}

/** An application that handles one update at a time, keeps none waiting, and is handling one. */
async function startBusy(start: Start): Promise<Busy> {
  const handled: number[] = []
  const entered = gate()
  const released = gate()
  const handler = async ({ update_id }: Update): Promise<void> => {
    handled.push(update_id)
    entered.open()
    await released.passed
  }
  const application = await start({ concurrency: 1, queueLimit: 0, handler })
  const first = await application.connect()
  first.write(requestBytes(wire(1)))
  await entered.passed
  return { application, first, handled, released }
}

function expectBusy(answer: WireAnswer, connection: "keep-alive" | "close"): void {
  expect(answer.status).toBe(503)
  expectNoBody(answer)
  expect(answer.headers["retry-after"]).toBe("1")
  expect(answer.headers["connection"]).toBe(connection)
}

/** What is refused for now, so that Telegram keeps it. */
export const busyCases: readonly ContractCase[] = [
  {
    id: "busy",
    level: "MUST",
    rests: "design, 4 and 5; facts, 3.3",
    title: "above the limits the answer is 503 with Retry-After: 1, and the connection is kept for the next delivery",
    async run(start) {
      const { application, first, handled, released } = await startBusy(start)
      const second = await application.connect()
      for (const update_id of [2, 3]) {
        second.write(requestBytes(wire(update_id)))
        expectBusy(await second.answer(), "keep-alive")
      }
      expect(application.webhook.status()).toMatchObject({ running: 1, waiting: 0 })
      released.open()
      expect((await first.answer()).status).toBe(200)
      second.write(requestBytes(wire(2)))
      expect((await second.answer()).status).toBe(200)
      expect(handled).toEqual([1, 2])
    },
  },
  {
    id: "busy-before-body",
    level: "MUST",
    rests: "design, 4",
    title:
      "above the limits the answer comes before any byte of the body, which may still follow on the kept connection",
    async run(start) {
      const { application, first, handled, released } = await startBusy(start)
      const second = await application.connect()
      second.write(requestHead(wire(2)))
      expectBusy(await second.answer(), "keep-alive")
      released.open()
      expect((await first.answer()).status).toBe(200)
      second.write(Buffer.concat([Buffer.from(wire(2)), requestBytes(wire(3))]))
      expect((await second.answer()).status).toBe(200)
      expect(second.unread).toBe("")
      expect(handled).toEqual([1, 3])
    },
  },
  {
    id: "busy-endless-body",
    level: "MUST",
    rests: "design, 4 and 5: memory is bounded",
    title: "above the limits a body without a length, or with one above the limit, is not waited for",
    async run(start) {
      const { application, first, released } = await startBusy(start)
      for (const headers of [chunked, { "Content-Length": String(2 ** 21) }]) {
        const connection = await application.connect()
        connection.write(requestHead(wire(2), { headers }))
        expectBusy(await connection.answer(), "close")
        await connection.closed()
      }
      released.open()
      expect((await first.answer()).status).toBe(200)
    },
  },
  {
    id: "busy-while-reading",
    level: "MUST",
    rests: "design, 4 and 5: memory is bounded",
    title: "a delivery whose body is still coming counts for the limits",
    async run(start) {
      const application = await start({ concurrency: 1, queueLimit: 0 })
      const slow = await application.connect()
      // The interim answer that is asked for says that the request has reached the application.
      slow.write(requestHead(wire(1), { headers: { Expect: "100-continue" } }))
      expect((await slow.answer()).status).toBe(100)
      expectBusy(await exchange(application, requestBytes(wire(2))), "keep-alive")
      slow.write(wire(1))
      expect((await slow.answer()).status).toBe(200)
      expect((await exchange(application, requestBytes(wire(2)))).status).toBe(200)
    },
  },
  {
    id: "closing",
    level: "MUST",
    rests: "design, 4 and 5",
    title:
      "while it closes, a webhook refuses with 503, Retry-After: 1 and Connection: close, and finishes what it has",
    async run(start) {
      const { application, first, handled, released } = await startBusy(start)
      const closed = application.webhook.close()
      await expectRejection(application, requestBytes(wire(2)), 503).then((answer) => expectBusy(answer, "close"))
      expect(application.webhook.status()).toMatchObject({ running: 1, closing: true })
      released.open()
      expect((await first.answer()).status).toBe(200)
      await closed
      await expectRejection(application, requestBytes(wire(2)), 503).then((answer) => expectBusy(answer, "close"))
      expect(handled).toEqual([1])
    },
  },
  {
    id: "closing-while-reading",
    level: "MUST",
    rests: "design, 4 and 5",
    title: "a delivery whose body was still coming when the webhook closed is refused with 503",
    async run(start) {
      const handled: number[] = []
      const application = await start({ handler: ({ update_id }) => handled.push(update_id) })
      const connection = await application.connect()
      connection.write(requestHead(wire(1), { headers: { Expect: "100-continue" } }))
      expect((await connection.answer()).status).toBe(100)
      await application.webhook.close()
      connection.write(wire(1))
      expectBusy(await connection.answer(), "close")
      expect(handled).toEqual([])
    },
  },
]
