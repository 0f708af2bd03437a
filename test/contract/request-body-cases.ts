import { once } from "node:events"
import type { Socket } from "node:net"
import { expect } from "vitest"
import { until } from "../support/gate.ts"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { chunk, chunked, requestBytes, requestHead } from "./request-bytes.ts"
import { exchange, expectNoBody, expectRejection, type Start, startNoting } from "./request-exchange.ts"

const update = recordedUpdate("message-21-text-cyrillic-emoji", 7)
const wire = wireBody(update)
const MEBIBYTE = 2 ** 20

/** Sends so much of a body that it is refused, then all the rest of it, and expects that others are not hurt. */
async function expectTooLarge(
  start: Start,
  head: Buffer,
  body: readonly Buffer[],
  rest: readonly Buffer[],
): Promise<void> {
  const application = await startNoting(start)
  const connection = await application.connect()
  for (const part of [head, ...body]) connection.write(part)
  const answer = await connection.answer()
  expect(answer.status).toBe(413)
  expectNoBody(answer)
  expect(answer.headers["connection"]).toBe("close")
  for (const part of rest) connection.write(part)
  await connection.closed()
  expect(application.handled).toEqual([])
  expect(application.events).toMatchObject([{ type: "rejected", reason: "tooLarge", status: 413 }])
  expect((await application.deliver(update)).status).toBe(200)
}

/** Breaks an upload off and gives back the application once its server has noticed. */
async function abortUpload(start: Start, breakOff: (socket: Socket) => void): ReturnType<typeof startNoting> {
  const application = await startNoting(start, { concurrency: 1, queueLimit: 0 })
  const accepted = once(application.server, "connection") as Promise<[Socket]>
  const connection = await application.connect()
  const [serverSide] = await accepted
  const gone = new Promise((resolve) => serverSide.once("close", resolve))
  // The interim answer that is asked for says that the request has reached the application.
  connection.write(requestHead(wire, { headers: { Expect: "100-continue" } }))
  expect((await connection.answer()).status).toBe(100)
  await connection.writeApart([wire.slice(0, 50)])
  breakOff(connection.socket)
  await gone
  return application
}

const waysToBreakOff = [
  (socket: Socket) => socket.destroy(),
  (socket: Socket) => socket.resetAndDestroy(),
  (socket: Socket) => socket.end(),
]

/** How much of a body is read, and for how long. */
export const bodyCases: readonly ContractCase[] = [
  {
    id: "body-limit-declared",
    level: "MUST",
    rests: "design, 4",
    title: "a body of bodyLimit bytes is read; one that is declared to be longer is refused with 413",
    async run(start) {
      const length = Buffer.byteLength(wire)
      const exact = await startNoting(start, { bodyLimit: length })
      expect((await exchange(exact, requestBytes(wire))).status).toBe(200)
      expect(exact.handled).toHaveLength(1)
      const short = await startNoting(start, { bodyLimit: length - 1 })
      await expectRejection(short, requestBytes(wire), 413)
      expect(short.handled).toEqual([])
    },
  },
  {
    id: "body-limit-chunked",
    level: "MUST",
    rests: "design, 4",
    title: "a chunked body of bodyLimit bytes is read; of a longer one no more than that",
    async run(start) {
      const parts = [requestHead(wire, { headers: chunked }), chunk(wire.slice(0, 90)), chunk(wire.slice(90))]
      const length = Buffer.byteLength(wire)
      const exact = await startNoting(start, { bodyLimit: length })
      expect((await exchange(exact, Buffer.concat([...parts, chunk("")]))).status).toBe(200)
      expect(exact.handled).toHaveLength(1)
      const short = await startNoting(start, { bodyLimit: length - 1 })
      await expectRejection(short, Buffer.concat(parts), 413)
      expect(short.handled).toEqual([])
    },
  },
  {
    id: "body-2-mib-declared",
    level: "MUST",
    rests: "design, 4",
    title: "2 MiB that are declared are refused by their length; what still comes of them hurts nobody",
    async run(start) {
      const head = requestHead("", { headers: { "Content-Length": String(2 * MEBIBYTE) } })
      await expectTooLarge(start, head, [], [Buffer.alloc(2 * MEBIBYTE, "x")])
    },
  },
  {
    id: "body-2-mib-chunked",
    level: "MUST",
    rests: "design, 4",
    title: "2 MiB in chunks are refused at the first byte over 1 MiB; what still comes of them hurts nobody",
    async run(start) {
      const head = requestHead("", { headers: chunked })
      const mebibyte = chunk(Buffer.alloc(MEBIBYTE, "x"))
      await expectTooLarge(start, head, [mebibyte, Buffer.from("1\r\nx")], [Buffer.from("\r\n"), mebibyte, chunk("")])
    },
  },
  {
    id: "body-timeout",
    level: "MUST",
    rests: "design, 4",
    title: "a body that is not whole within bodyTimeout is refused with 408, though bytes keep trickling in",
    async run(start) {
      const application = await startNoting(start, { bodyTimeout: 60, concurrency: 1, queueLimit: 0 })
      const connection = await application.connect()
      connection.write(requestHead(wire))
      const trickle = setInterval(() => connection.write(" "), 5)
      const answer = await connection.answer().finally(() => clearInterval(trickle))
      expect(answer.status).toBe(408)
      expectNoBody(answer)
      expect(answer.headers["connection"]).toBe("close")
      await connection.closed()
      expect(application.handled).toEqual([])
      expect(application.events).toMatchObject([{ type: "rejected", reason: "timeout", status: 408 }])
      expect((await application.deliver(update)).status).toBe(200)
    },
  },
  {
    id: "body-aborted",
    level: "MUST",
    rests: "design, 4; facts, 5.4",
    title: "an upload that breaks off is not handled, counts for nothing, and hurts nobody",
    async run(start) {
      for (const breakOff of waysToBreakOff) {
        const application = await abortUpload(start, breakOff)
        expect(application.webhook.status()).toMatchObject({
          running: 0,
          waiting: 0,
          detached: 0,
          lastUpdate: undefined,
        })
        expect((await application.deliver({ ...update, update_id: 8 })).status).toBe(200)
        expect(application.handled.map(({ update_id }) => update_id)).toEqual([8])
      }
    },
  },
  {
    id: "body-aborted-seen",
    level: "SHOULD",
    rests: "design, 6: observing",
    title: "the observer is told of an upload that breaks off",
    async run(start) {
      for (const breakOff of waysToBreakOff) {
        const application = await abortUpload(start, breakOff)
        await until(() => application.events.length > 0)
        expect(application.events).toMatchObject([{ type: "rejected", reason: "aborted" }])
      }
    },
  },
]
