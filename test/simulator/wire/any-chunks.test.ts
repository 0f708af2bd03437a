import { gzipSync } from "node:zlib"
import * as fc from "fast-check"
import { expect, test } from "vitest"
import { ResponseParser } from "../../../packages/simulator/src/delivery/response.ts"
import { json, ok } from "./parse.ts"

/** All that comes of bytes in the order in which they come: answers, and at the end an error or a wait for more. */
function read(chunks: readonly Buffer[]): unknown[] {
  const parser = new ResponseParser()
  const found: unknown[] = []
  try {
    for (const chunk of chunks) {
      for (let answer = parser.push(chunk); answer; answer = parser.push()) {
        const { status, reason, keepAlive, retryAfter, error, parameters } = answer
        const texts = [...parameters.texts]
        const files = [...parameters.files].map(([name, file]) => [
          name,
          file.name,
          file.type,
          file.bytes.toString("hex"),
        ])
        found.push({ status, reason, keepAlive, retryAfter, error, texts, files })
      }
    }
  } catch (error) {
    found.push((error as Error).message)
  }
  return found
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return chunks
}

const body = fc.oneof(fc.json(), fc.constantFrom("", "method=a&b=c", '{"method":"a","b":[1,{"c":"d'), fc.string())

const chunked = (text: string, size: number): string => {
  const bytes = Buffer.from(text)
  const parts = cut(bytes, [size]).map((part) => `${part.length.toString(16)}\r\n${part.toString("latin1")}\r\n`)
  return `HTTP/1.1 200 OK\r\n${json}Transfer-Encoding: chunked\r\n\r\n${parts.join("")}0\r\n\r\n`
}

const multipart = (text: string): Buffer =>
  ok(
    "Content-Type: multipart/form-data; boundary=x\r\n",
    `--x\r\nContent-Disposition: form-data; name=method\r\n\r\n${text}\r\n` +
      `--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n${text}\r\n--x--`,
  )

const message = fc.oneof(
  fc
    .constantFrom(
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
      "HTTP/1.1 500 Oops\r\nRetry-After: 7\r\nConnection: close\r\n\r\n",
      "HTTP/1.1 200\r\nA: b\r\n\r\n",
      "GET /x?y=z HTTP/1.1\r\nHost: h\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
      "HTTP/2 200 OK\r\n\r\n",
      "\r\n",
    )
    .map((text) => Buffer.from(text)),
  body.map((text) => ok(json, text)),
  body.map((text) => ok("Content-Type: text/plain\r\n", text)),
  body.map((text) => ok("Content-Type: application/x-www-form-urlencoded\r\n", text)),
  body.map((text) => ok(`${json}Content-Encoding: gzip\r\n`, gzipSync(text))),
  body.map(multipart),
  fc.tuple(body, fc.integer({ min: 1, max: 20 })).map(([text, size]) => Buffer.from(chunked(text, size), "latin1")),
)

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

test("however the bytes of a connection are cut up, the answers are the same", () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), sizes, (messages, cuts) => {
      const bytes = Buffer.concat(messages)
      expect(read(cut(bytes, cuts))).toEqual(read([bytes]))
    }),
    { numRuns: 500 },
  )
})

test("no bytes make it fail with anything but its own errors", () => {
  const piece = fc.constantFrom(
    "HTTP/1.1",
    " ",
    "200",
    "\r\n",
    ":",
    "Content-Length",
    "Transfer-Encoding",
    "chunked",
    "3",
    "a",
    "0",
  )
  const bytes = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join("")))
  fc.assert(
    fc.property(bytes, (all) => {
      try {
        new ResponseParser().push(all)
      } catch (error) {
        expect(error).toMatchObject({ name: "HttpError", status: expect.any(Number) })
      }
    }),
    { numRuns: 1000 },
  )
})
