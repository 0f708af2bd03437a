import { expect } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { chunk, chunked, requestBytes, requestHead } from "./request-bytes.ts"
import { exchange, expectNoBody, type Start, startNoting } from "./request-exchange.ts"

const update = recordedUpdate("message-21-text-cyrillic-emoji", 7)
const wire = wireBody(update)

/** Sends packets one by one and expects that the handler gets the one update in them. */
async function expectHandled(start: Start, packets: readonly Buffer[], body: string): Promise<void> {
  const application = await startNoting(start)
  const connection = await application.connect()
  await connection.writeApart(packets)
  const answer = await connection.answer()
  expect(answer.status).toBe(200)
  expectNoBody(answer)
  expect(JSON.stringify(application.handled)).toBe(`[${JSON.stringify(JSON.parse(body))}]`)
}

function packetsOf(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}

function withSpelling(spell: (name: string) => string): Buffer {
  const [line, ...rest] = requestHead(wire).toString().split("\r\n")
  const spelled = rest.map((each) => each.replace(/^[^:]+/, spell))
  return Buffer.from([line, ...spelled].join("\r\n") + wire)
}

/** How a request is cut into bytes and packets, and what becomes of its connection. */
export const framingCases: readonly ContractCase[] = [
  {
    id: "framing-header-case",
    level: "MUST",
    rests: "facts, 1.1",
    title: "header names may be in any case",
    async run(start) {
      const spellings = [
        (name: string) => name.toLowerCase(),
        (name: string) => name.toUpperCase(),
        (name: string) =>
          name.replace(/./g, (letter, index: number) => (index % 2 ? letter.toUpperCase() : letter.toLowerCase())),
      ]
      for (const spelling of spellings) await expectHandled(start, [withSpelling(spelling)], wire)
    },
  },
  {
    id: "framing-head-then-body",
    level: "MUST",
    rests: "facts, 1.1",
    title: "head and body may come in separate packets",
    run: (start) => expectHandled(start, [requestHead(wire), Buffer.from(wire)], wire),
  },
  {
    id: "framing-tiny-packets",
    level: "MUST",
    rests: "facts, 1.1",
    title: "a request may come in packets of a few bytes",
    run: (start) => expectHandled(start, packetsOf(requestBytes(wire), 7), wire),
  },
  {
    id: "framing-split-character",
    level: "MUST",
    rests: "design, 3: UTF-8 split across chunks",
    title: "a character may lie across packets, wherever it is cut",
    async run(start) {
      const body = JSON.stringify({ update_id: 7, message: { text: update.message?.text } })
      const cut = Buffer.from(body).indexOf("😂")
      const bytes = Buffer.from(body)
      for (const at of [1, 2, 3])
        await expectHandled(start, [requestHead(body), bytes.subarray(0, cut + at), bytes.subarray(cut + at)], body)
      await expectHandled(start, [requestHead(body), ...packetsOf(bytes, 1)], body)
    },
  },
  {
    id: "framing-chunked",
    level: "SHOULD",
    rests: "design, 4",
    title: "a chunked body, which Telegram never sends but a proxy may, is read",
    async run(start) {
      const parts = [requestHead(wire, { headers: chunked }), ...packetsOf(Buffer.from(wire), 50).map(chunk), chunk("")]
      await expectHandled(start, parts, wire)
      await expectHandled(start, [Buffer.concat(parts)], wire)
    },
  },
  {
    id: "framing-http-1.0",
    level: "SHOULD",
    rests: "design, 4",
    title: "an HTTP/1.0 request, such as from an old proxy, is handled",
    async run(start) {
      const application = await startNoting(start)
      const connection = await application.connect()
      connection.write(requestBytes(wire, { version: "HTTP/1.0", headers: { Host: undefined, Connection: undefined } }))
      const answer = await connection.answer()
      expect(answer.status).toBe(200)
      expectNoBody(answer)
      await connection.closed()
      expect(application.handled).toHaveLength(1)
    },
  },
  {
    id: "framing-pipelined",
    level: "SHOULD",
    rests: "design, 4; Telegram never does it: facts, 1.1",
    title: "two requests in one packet get their answers in order",
    async run(start) {
      const application = await start({
        handler: ({ update_id }) => {
          if (update_id === 7) throw new Error("This one fails.")
        },
      })
      const connection = await application.connect()
      connection.write(Buffer.concat([requestBytes(wire), requestBytes(wireBody({ ...update, update_id: 8 }))]))
      expect((await connection.answer()).status).toBe(500)
      expect((await connection.answer()).status).toBe(200)
      expect(connection.unread).toBe("")
    },
  },
  {
    id: "connection-kept",
    level: "MUST",
    rests: "facts, 1.3 and 2.5",
    title: "the connection is kept after a success, a failure and a duplicate",
    async run(start) {
      const application = await start({
        handler: ({ update_id }, { attempt }) => {
          if (update_id === 8 && attempt === 1) throw new Error("This one fails once.")
        },
      })
      const connection = await application.connect()
      const statuses: number[] = []
      for (const update_id of [7, 7, 8, 8, 8, 9]) {
        connection.write(requestBytes(wireBody({ ...update, update_id })))
        const answer = await connection.answer()
        statuses.push(answer.status)
        expectNoBody(answer)
        expect(answer.headers["connection"]).toBe("keep-alive")
        expect(connection.unread).toBe("")
      }
      expect(statuses).toEqual([200, 200, 500, 200, 200, 200])
      expect(application.webhook.status().counters).toMatchObject({
        received: 6,
        started: 4,
        finished: 3,
        failed: 1,
        duplicate: 2,
      })
    },
  },
  {
    id: "connection-close",
    level: "MUST",
    rests: "design, 4",
    title: "a connection that the sender wants closed is closed after the answer",
    async run(start) {
      const application = await startNoting(start)
      const connection = await application.connect()
      connection.write(requestBytes(wire, { headers: { Connection: "close" } }))
      const answer = await connection.answer()
      expect(answer.status).toBe(200)
      expectNoBody(answer)
      expect(answer.headers["connection"]).toBe("close")
      await connection.closed()
      expect(connection.unread).toBe("")
      expect(application.handled).toHaveLength(1)
    },
  },
  {
    id: "answer-status-line",
    level: "MUST",
    rests: "facts, 3.1",
    title: "an answer is one HTTP/1.1 answer with a declared length of 0, and no interim answer comes before it",
    async run(start) {
      const application = await start({
        handler: ({ update_id }) => {
          if (update_id === 8) throw new Error("This one fails.")
        },
      })
      for (const [update_id, status] of [
        [7, 200],
        [8, 500],
        [7, 200],
      ] as const) {
        const { raw } = await exchange(application, requestBytes(wireBody({ ...update, update_id })))
        expect(raw).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`))
        expect(raw).toMatch(/\r\ncontent-length: 0\r\n/i)
        expect(raw).toMatch(/\r\n\r\n$/)
      }
    },
  },
]
