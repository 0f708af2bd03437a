import { gzipSync } from "node:zlib"
import { expect } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { requestBytes, requestHead } from "./request-bytes.ts"
import { exchange, expectRejection, startNoting } from "./request-exchange.ts"

const wire = wireBody(recordedUpdate("message-21-text-cyrillic-emoji", 7))

/** A network that the tests are not in. */
export const elsewhere = ["203.0.113.0/24", "2001:db8::/32"]

/** What is refused for what its head says. */
export const rejectionCases: readonly ContractCase[] = [
  {
    id: "method-not-post",
    level: "MUST",
    rests: "design, 4",
    title: "every method but POST is refused with 405, which names POST",
    async run(start) {
      const application = await startNoting(start)
      const methods = ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]
      for (const method of methods) {
        const answer = await expectRejection(application, requestBytes(wire, { method }), 405)
        expect(answer.headers["allow"]).toBe("POST")
        const bare = await expectRejection(application, `${method} /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`, 405)
        expect(bare.headers["allow"]).toBe("POST")
      }
      expect(application.handled).toEqual([])
      expect(application.webhook.status().counters).toEqual({ rejected: 2 * methods.length })
    },
  },
  {
    id: "address-refused",
    level: "MUST",
    rests: "design, 4; facts, 10",
    title: "an address that is not among allowedAddresses is refused with 403, whatever it says about itself",
    async run(start) {
      const application = await startNoting(start, { allowedAddresses: elsewhere })
      const claims = { "X-Forwarded-For": "203.0.113.5", "X-Real-IP": "203.0.113.5", Forwarded: "for=203.0.113.5" }
      for (const headers of [{}, claims]) await expectRejection(application, requestBytes(wire, { headers }), 403)
      expect(application.handled).toEqual([])
      for (const event of application.events)
        expect(event).toMatchObject({ type: "rejected", reason: "address", status: 403 })
      expect(
        application.events.map((event) => event.type === "rejected" && event.address?.replace("::ffff:", "")),
      ).toEqual(["127.0.0.1", "127.0.0.1"])
    },
  },
  {
    id: "address-allowed",
    level: "MUST",
    rests: "design, 4",
    title: "an address of an allowed network is accepted",
    async run(start) {
      const application = await startNoting(start, { allowedAddresses: [...elsewhere, "127.0.0.0/8"] })
      expect((await exchange(application, requestBytes(wire))).status).toBe(200)
      expect(application.handled).toHaveLength(1)
    },
  },
  {
    id: "content-type-refused",
    level: "MUST",
    rests: "design, 4; facts, 1.1",
    title: "a content type that is missing or not JSON is refused with 415",
    async run(start) {
      const application = await startNoting(start)
      const types = [
        "",
        "text/plain",
        "text/json",
        "application/jsonx",
        "application/json-seq",
        "application/vnd.api+json",
        "x/application/json",
      ]
      const forms = [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; application/json",
      ]
      for (const type of [undefined, ...types, ...forms])
        await expectRejection(application, requestBytes(wire, { headers: { "Content-Type": type } }), 415)
      expect(application.handled).toEqual([])
      expect(application.webhook.status().counters).toEqual({ rejected: 1 + types.length + forms.length })
    },
  },
  {
    id: "content-type-accepted",
    level: "MUST",
    rests: "design, 4",
    title: "JSON is accepted in any case and with a charset",
    async run(start) {
      const application = await startNoting(start)
      const types = [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON",
        "application/json ; charset=utf-8",
      ]
      for (const [index, type] of types.entries()) {
        const body = wireBody(recordedUpdate("message-21-text-cyrillic-emoji", index))
        const { status } = await exchange(application, requestBytes(body, { headers: { "Content-Type": type } }))
        expect({ type, status }).toEqual({ type, status: 200 })
      }
      expect(application.handled).toHaveLength(types.length)
    },
  },
  {
    id: "content-encoding",
    level: "MUST",
    rests: "design, 4; facts, 1.1",
    title: "a compressed body, which Telegram never sends, is refused with 415",
    async run(start) {
      const application = await startNoting(start)
      const compressed = gzipSync(wire)
      const head = requestHead(compressed, { headers: { "Content-Encoding": "gzip" } })
      await expectRejection(application, Buffer.concat([head, compressed]), 415)
      expect(application.handled).toEqual([])
      expect(
        (await exchange(application, requestBytes(wire, { headers: { "Content-Encoding": "identity" } }))).status,
      ).toBe(200)
      expect(application.handled).toHaveLength(1)
    },
  },
]
