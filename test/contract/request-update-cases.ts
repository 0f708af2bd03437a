import type { Update } from "@hookgram/core"
import { expect } from "vitest"
import { secretToken } from "../support/application.ts"
import { recorded, recordedUpdate } from "../support/updates.ts"
import { wireBody, wireRequest } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { requestBytes } from "./request-bytes.ts"
import { exchange, type Start, startNoting } from "./request-exchange.ts"

/** Sends one body and expects that the handler gets exactly what it says. Order counts, so the two are compared as text. */
async function expectHandled(
  start: Start,
  body: string | Buffer,
  update: unknown = JSON.parse(body.toString()),
): Promise<Update> {
  const application = await startNoting(start)
  expect((await exchange(application, requestBytes(body))).status).toBe(200)
  expect(JSON.stringify(application.handled)).toBe(JSON.stringify([update]))
  return application.handled[0]!
}

const message = recordedUpdate("message-21-text-cyrillic-emoji").message

/** What is an update, and that the handler gets it as it was sent. */
export const updateCases: readonly ContractCase[] = [
  {
    id: "update-every-recording",
    level: "MUST",
    rests: "facts, 1.1, 1.2 and 9",
    title: "the handler gets every recorded update, of every kind, sent in Telegram's own wire form on one connection",
    async run(start) {
      const application = await startNoting(start)
      const connection = await application.connect()
      const wrong: string[] = []
      for (const [index, { name, update }] of recorded.entries()) {
        const sent = { ...update, update_id: 1_000_000 + index }
        connection.write(wireRequest(sent, { port: application.port, secretToken }))
        const { status } = await connection.answer()
        const asSent = JSON.stringify(application.handled[index]) === JSON.stringify(JSON.parse(wireBody(sent)))
        if (status !== 200 || !asSent) wrong.push(`${name}: ${status}`)
      }
      expect(wrong).toEqual([])
      expect(application.handled).toHaveLength(recorded.length)
    },
  },
  {
    id: "update-raw-utf8",
    level: "MUST",
    rests: "design, 4",
    title: "text beyond ASCII may come as UTF-8 as well as in escapes",
    async run(start) {
      const handled = await expectHandled(start, JSON.stringify({ update_id: 7, message }))
      expect(handled.message?.text).toBe("Лол кек 😂")
    },
  },
  {
    id: "update-invalid-utf8",
    level: "MUST",
    rests: "facts, 1.2",
    title: "bytes that are not UTF-8, which Telegram lets through in callback data, become U+FFFD",
    async run(start) {
      const recording = recordedUpdate("callback_query-03-callback-query", 7)
      const callback_query = { ...recording.callback_query, data: "@" } as Update["callback_query"]
      const [before, after] = wireBody({ ...recording, callback_query }).split('"@"')
      const bytes = Buffer.from([0x22, 0xff, 0x41, 0xd0, 0x42, 0xed, 0xa0, 0x80, 0xc3, 0x22])
      const handled = await expectHandled(start, Buffer.concat([Buffer.from(before!), bytes, Buffer.from(after!)]), {
        ...recording,
        callback_query: { ...callback_query, data: "\ufffdA\ufffdB\ufffd\ufffd\ufffd\ufffd" },
      })
      expect(handled.callback_query?.from).toEqual(recording.callback_query?.from)
    },
  },
  {
    id: "update-id-zero",
    level: "MUST",
    rests: "design, 4",
    title: "0 is an update_id",
    run: async (start) => void (await expectHandled(start, wireBody({ update_id: 0, message } as Update))),
  },
  {
    id: "update-id-largest",
    level: "MUST",
    rests: "design, 4",
    title: "the largest safe integer is an update_id",
    run: async (start) =>
      void (await expectHandled(start, wireBody({ update_id: Number.MAX_SAFE_INTEGER, message } as Update))),
  },
  {
    id: "update-unknown-kind",
    level: "MUST",
    rests: "facts, 9",
    title: "an update of a kind that nobody has heard of is an update",
    async run(start) {
      await expectHandled(start, wireBody({ ...recordedUpdate("unknown-01-future-kind"), update_id: 7 }))
    },
  },
  {
    id: "update-id-not-first",
    level: "MUST",
    rests: "design, 4",
    title: "update_id may stand anywhere",
    run: async (start) => void (await expectHandled(start, JSON.stringify({ message, update_id: 7 }))),
  },
  {
    id: "update-only-id",
    level: "MUST",
    rests: "design, 4",
    title: "an update may have nothing but its update_id",
    run: async (start) => void (await expectHandled(start, '{"update_id":7}')),
  },
  {
    id: "update-unknown-fields",
    level: "MUST",
    rests: "facts, 9",
    title: "fields that nobody has heard of are passed on, beside the kind and within it",
    async run(start) {
      const { message: future } = recordedUpdate("message-88-animation-future-fields")
      await expectHandled(
        start,
        JSON.stringify({ update_id: 7, message: future, later: { than: ["this"] }, more: null }),
      )
    },
  },
  {
    id: "update-white-space",
    level: "SHOULD",
    rests: "design, 4",
    title: "white space around and within the JSON is of no matter",
    run: async (start) =>
      void (await expectHandled(start, `\r\n\t ${JSON.stringify({ update_id: 7, message }, null, 2)}\n\n`)),
  },
  {
    id: "update-duplicate-keys",
    level: "SHOULD",
    rests: "design, 4",
    title: "of two fields with one name the last one counts",
    run: async (start) =>
      void (await expectHandled(start, '{"update_id":"x","update_id":7,"poll":1,"poll":{"id":"1","id":"2"}}', {
        update_id: 7,
        poll: { id: "2" },
      })),
  },
  {
    id: "update-prototype-keys",
    level: "MUST",
    rests: "design, 4: no input may crash the process",
    title: "__proto__, constructor and prototype are fields like any other, and reach no prototype",
    async run(start) {
      const poison =
        '"__proto__":{"polluted":1,"update_id":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}'
      const handled = await expectHandled(
        start,
        `{${poison},"update_id":7,"message":{${poison},"chat":{"id":5,${poison}}}}`,
      )
      for (const object of [{}, handled, handled.message!, handled.message!.chat]) {
        expect((object as { polluted?: unknown }).polluted).toBeUndefined()
        expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
      }
    },
  },
  {
    id: "update-deep",
    level: "MUST",
    rests: "design, 4: no input may crash the process",
    title: "100 000 levels of nesting are handled",
    async run(start) {
      const application = await startNoting(start)
      const body = `{"update_id":7,"message":${"[".repeat(100_000)}${"]".repeat(100_000)}}`
      expect((await exchange(application, requestBytes(body))).status).toBe(200)
      let depth = 0
      for (let value: unknown = application.handled[0]?.message; Array.isArray(value); value = value[0]) depth++
      expect(depth).toBe(100_000)
    },
  },
  {
    id: "update-largest",
    level: "MUST",
    rests: "facts, 1.2",
    title: "the largest update that Telegram can send is within the default limit",
    async run(start) {
      const update = recordedUpdate("message-21-text-cyrillic-emoji", 7)
      const room = 524_288 - JSON.stringify(update.message).length
      await expectHandled(
        start,
        JSON.stringify({ ...update, message: { ...update.message, caption: "x".repeat(room) } }),
      )
    },
  },
]
