import { expect } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { chunked, type Difference, requestBytes, requestHead } from "./request-bytes.ts"
import { expectRejection, startNoting } from "./request-exchange.ts"
import { elsewhere } from "./request-rejection-cases.ts"

const wire = wireBody(recordedUpdate("message-21-text-cyrillic-emoji", 7))

/** What may be wrong with a POST, in the order in which it is looked at. */
const faults: readonly (Pick<Difference, "headers"> & { readonly status: number; readonly elsewhere?: boolean })[] = [
  { status: 403, elsewhere: true },
  { status: 401, headers: { "X-Telegram-Bot-Api-Secret-Token": "wrong" } },
  { status: 415, headers: { "Content-Type": "application/xml" } },
]

function headersOf(wrong: typeof faults): NonNullable<Difference["headers"]> {
  return Object.fromEntries(wrong.flatMap(({ headers = {} }) => Object.entries(headers)))
}

/** In which order a request is looked at, and that this comes before its body. */
export const orderCases: readonly ContractCase[] = [
  {
    id: "order-of-checks",
    level: "MUST",
    rests: "design, 4",
    title: "of several faults the answer names the first: address, secret, content type, body",
    async run(start) {
      for (const [index, { status }] of faults.entries()) {
        const wrong = faults.slice(index)
        const application = await startNoting(
          start,
          wrong.some((fault) => fault.elsewhere) ? { allowedAddresses: elsewhere } : {},
        )
        await expectRejection(application, requestBytes('{"no":"update"}', { headers: headersOf(wrong) }), status)
        expect(application.handled).toEqual([])
      }
    },
  },
  {
    id: "order-method",
    level: "MUST",
    rests: "design, 4",
    title: "the method is looked at before everything else",
    async run(start) {
      const application = await startNoting(start, { allowedAddresses: elsewhere })
      await expectRejection(
        application,
        requestBytes('{"no":"update"}', { method: "PUT", headers: headersOf(faults) }),
        405,
      )
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "order-closing",
    level: "MUST",
    rests: "design, 4",
    title: "a closing webhook says so before it looks at the request",
    async run(start) {
      const application = await startNoting(start)
      await application.webhook.close()
      for (const { headers } of [{ headers: {} }, ...faults]) {
        const answer = await expectRejection(application, requestBytes(wire, { headers }), 503)
        expect(answer.headers["retry-after"]).toBe("1")
      }
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "rejection-before-body",
    level: "MUST",
    rests: "design, 4",
    title: "what is refused for its head is answered before any byte of the body was sent",
    async run(start) {
      const application = await startNoting(start)
      for (const { status, headers } of faults)
        if (headers) await expectRejection(application, requestHead(wire, { headers }), status)
      await expectRejection(
        application,
        requestHead(wire, { headers: { ...chunked, "X-Telegram-Bot-Api-Secret-Token": "wrong" } }),
        401,
      )
      await expectRejection(application, requestHead(wire, { headers: { "Content-Encoding": "gzip" } }), 415)
      await expectRejection(application, requestHead(wire, { headers: { "Content-Length": String(2 ** 21) } }), 413)
      await expectRejection(await startNoting(start, { allowedAddresses: elsewhere }), requestHead(wire), 403)
      expect(application.handled).toEqual([])
    },
  },
  {
    id: "method-before-body",
    level: "MUST",
    rests: "design, 4",
    title: "a wrong method is answered before any byte of the body was sent",
    async run(start) {
      const application = await startNoting(start)
      for (const headers of [{}, chunked, { "Content-Length": String(2 ** 21) }]) {
        await expectRejection(application, requestHead(wire, { method: "PUT", headers }), 405)
      }
      expect(application.handled).toEqual([])
    },
  },
]
