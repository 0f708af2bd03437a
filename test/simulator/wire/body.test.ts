import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { ResponseParser } from "../../../packages/simulator/src/delivery/response.ts"
import { json, ok, parse, texts } from "./parse.ts"

const MEBIBYTE = 1_048_576
const form = "Content-Type: application/x-www-form-urlencoded\r\n"

test.each([
  ["application/json", '{"method":"a"}', "a"],
  ["Application/JSON; charset=utf-8", '{"method":"a"}', "a"],
  ["x-application/json-x", '{"method":"a"}', "a"],
  ["application/x-www-form-urlencoded", "method=a", "a"],
  ["application/json, application/x-www-form-urlencoded", "method=a", "a"],
  ["text/json", '{"method":"a"}', undefined],
  ["text/plain", '{"method":"a"}', undefined],
  ["", '{"method":"a"}', undefined],
])("a body of type %j (facts, 4)", (type, body, method) => {
  expect(texts(`Content-Type: ${type}\r\n`, body)?.["method"]).toBe(method)
})

test("without Content-Type a body is ignored (facts, 4)", () => {
  expect(texts("", '{"method":"a"}')).toEqual({})
})

test("parameters of a failed answer are read all the same, within their limits", () => {
  const answer = parse(`HTTP/1.1 500 x\r\n${form}Content-Length: 8\r\n\r\nmethod=a`)
  expect(answer?.parameters.text("method")).toBe("a")
})

test.each([
  ["a=1&b=2&a=3", { a: "1", b: "2" }],
  ["a=x+y%20z%2B&%61b=%C3%A9", { a: "x y z+", ab: "é" }],
  ["a=1=2&b&=c&&d=", { a: "1=2", b: "", "": "c", d: "" }],
  ["a=%zz%4&b=100%", { a: "%zz%4", b: "100%" }],
  ["a=é", { a: "é" }],
])("the form %j", (body, expected) => {
  expect(texts(form, body)).toEqual(expected)
})

test.each([
  [json, (size: number) => `{"a":"${"x".repeat(size - 8)}"}`],
  [form, (size: number) => `a=${"x".repeat(size - 2)}`],
])("%j may have 1 MiB, packed or not (facts, 3.1)", (headers, make) => {
  const [fits, tooLarge] = [make(MEBIBYTE), make(MEBIBYTE + 1)]
  const error = "Request Entity Too Large: too many parameters"
  const packed = `${headers}Content-Encoding: gzip\r\n`
  expect(texts(headers, fits)?.["a"]).toMatch(/^x+$/)
  expect(() => parse(ok(headers, tooLarge))).toThrow(error)
  expect(texts(packed, gzipSync(fits))?.["a"]).toMatch(/^x+$/)
  expect(() => parse(ok(packed, gzipSync(tooLarge)))).toThrow(error)
})

test("the limit is noticed before the body is complete", () => {
  const parser = new ResponseParser()
  parser.push(Buffer.from(`HTTP/1.1 200 OK\r\n${json}Content-Length: 9000000\r\n\r\n`))
  expect(parser.push(Buffer.alloc(MEBIBYTE))).toBeUndefined()
  expect(() => parser.push(Buffer.alloc(1))).toThrow("Request Entity Too Large: too many parameters")
})

test("a body of another type may be of any size, and is not kept (facts, 3.1)", () => {
  const parser = new ResponseParser()
  const chunk = Buffer.alloc(MEBIBYTE)
  expect(parser.push(Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${400 * MEBIBYTE}\r\n\r\n`))).toBeUndefined()
  const before = process.memoryUsage().arrayBuffers
  for (let count = 1; count < 400; count++) expect(parser.push(chunk)).toBeUndefined()
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * MEBIBYTE)
  expect(parser.push(chunk)?.status).toBe(200)
})

test("even of another type it ends at 4000 MiB (facts, 3.1)", () => {
  const parser = new ResponseParser()
  const chunk = Buffer.alloc(100 * MEBIBYTE)
  parser.push(Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 4294967294\r\n\r\n"))
  for (let count = 0; count < 40; count++) expect(parser.push(chunk)).toBeUndefined()
  expect(() => parser.push(Buffer.alloc(1))).toThrow(
    "Request Entity Too Large: file of size 4194304001 is too big to be uploaded",
  )
})

test("a packed body of another type is ignored however large it is, but it must be packed", () => {
  const headers = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
  expect(parse(ok(headers, gzipSync(Buffer.alloc(20 * MEBIBYTE))))?.status).toBe(200)
  const large = gzipSync(Buffer.alloc(3 * MEBIBYTE, "x"), { level: 0 })
  expect(parse(ok(headers, large))?.status).toBe(200)
  expect(() => parse(ok(headers, large.subarray(1)))).toThrow("Bad Request: zlib error -3")
})
