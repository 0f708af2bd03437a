import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { ResponseParser } from "../../../packages/simulator/src/delivery/response.ts"
import { json, ok, parse, parseAll, texts } from "./parse.ts"

const chunked = (body: string, headers = json): string =>
  `HTTP/1.1 200 OK\r\n${headers}Transfer-Encoding: chunked\r\n\r\n${body}`

test("a body that ends with the connection is taken as empty, and read as the next answer (facts, 3.1)", () => {
  const parser = parseAll("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 500 Oops\r\n\r\n")
  expect(parser.map(({ status }) => status)).toEqual([200, 500])
  expect(() => parseAll(`HTTP/1.1 200 OK\r\n${json}\r\n{"method":"sendMessage"}\r\n\r\n`)).toThrow("Not Implemented")
})

test.each(["Content-Length: 0", "Content-Length: x", "Content-Length: -3", "Content-Length: 3\r\nContent-Length: 0"])(
  "%j is no body",
  (header) => {
    expect(parse(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n`)?.status).toBe(200)
  },
)

test("an answer is complete with its last byte, not before (facts, 3.1)", () => {
  expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1")).toBeUndefined()
  expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n12")?.status).toBe(200)
  expect(parse(chunked("2\r\n12\r\n0\r\n"))).toBeUndefined()
  expect(parse(chunked("2\r\n12\r\n0\r\n\r\n"))?.status).toBe(200)
})

test("Content-Length must be below 4294967295 (facts, 3.1)", () => {
  expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 4294967294\r\n\r\n")).toBeUndefined()
  for (const length of ["4294967295", "99999999999999"]) {
    expect(() => parse(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`)).toThrow(
      "Request Entity Too Large: content length is 4294967295",
    )
  }
})

test.each(["gzip, chunked", "identity", "chunked, chunked"])("Transfer-Encoding: %s is not supported", (encoding) => {
  expect(() => parse(`HTTP/1.1 200 OK\r\nTransfer-Encoding: ${encoding}\r\n\r\n`)).toThrow(
    "Unimplemented: unsupported transfer-encoding",
  )
})

test("chunks are joined, whatever the case of their sizes", () => {
  const [answer] = parseAll(chunked('B\r\n{"method":"\r\n3\r\nabc\r\n2\r\n"}\r\n0\r\n\r\n'))
  expect(answer?.parameters.text("method")).toBe("abc")
})

test("a chunk's first line has 8 characters at most (facts, 3.1)", () => {
  expect(parse(chunked("00000002;\r\n{}\r\n0\r\n\r\n".replace(";", "")))?.status).toBe(200)
  expect(parse(chunked("2;a=bcde\r\n{}\r\n0\r\n\r\n"))?.status).toBe(200)
  expect(() => parse(chunked("2;a=bcdef\r\n{}\r\n0\r\n\r\n"))).toThrow(
    "Bad Request: Too long length in chunked 2;a=bcdef",
  )
})

test("a chunk's first line may come in parts", () => {
  const parser = new ResponseParser()
  for (const part of [chunked("00000002\r"), "\n{}\r", "\n0\r\n\r"]) {
    expect(parser.push(Buffer.from(part))).toBeUndefined()
  }
  expect(parser.push(Buffer.from("\n"))?.status).toBe(200)
})

test("a size that is no number ends the body", () => {
  expect(parseAll(chunked("zz\r\n\r\nHTTP/1.1 500 x\r\n\r\n")).map(({ status }) => status)).toEqual([200, 500])
})

test("trailers are read as the next answer (facts, 3.1)", () => {
  const [first, ...rest] = parseAll(chunked("0\r\n\r\n"))
  expect([first?.status, rest.length]).toEqual([200, 0])
  expect(() => parseAll(chunked("0\r\nServer-Timing: 1\r\n\r\n\r\n"))).toThrow("Not Implemented")
})

test("a body may be gzip or deflate, whichever of them the header says (facts, 3.1)", () => {
  const body = '{"method":"sendMessage"}'
  for (const encoding of ["gzip", "deflate", "GZIP"]) {
    for (const bytes of [gzipSync(body), deflateSync(body)]) {
      expect(texts(`${json}Content-Encoding: ${encoding}\r\n`, bytes)).toEqual({ method: "sendMessage" })
    }
  }
  expect(texts(`${json}Content-Encoding: none\r\n`, body)).toEqual({ method: "sendMessage" })
})

test("a body that is broken gzip fails, even one that is of no use", () => {
  for (const type of [json, "Content-Type: text/plain\r\n"]) {
    const headers = `${type}Content-Encoding: gzip\r\n`
    expect(() => parse(ok(headers, "plain"))).toThrow("Bad Request: zlib error -3")
    expect(() => parse(ok(headers, gzipSync("cut off").subarray(0, 12)))).toThrow("Bad Request: zlib error -5")
    expect(() => parse(ok(headers, deflateRawSync("raw")))).toThrow("Bad Request: zlib error -3")
  }
})

test("other encodings fail, but only with a body (facts, 3.1)", () => {
  for (const encoding of ["br", "zstd", "identity", "gzip, gzip"]) {
    const headers = `Content-Encoding: ${encoding}\r\n`
    expect(() => parse(ok(headers, brotliCompressSync("x")))).toThrow(
      "Unsupported Media Type: unsupported content-encoding",
    )
    expect(parse(ok(headers, ""))?.status).toBe(200)
  }
})
