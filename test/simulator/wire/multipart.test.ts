import { expect, test } from "vitest"
import { ok, parse, texts } from "./parse.ts"

const headers = 'Content-Type: multipart/form-data; boundary="b"\r\n'
const part = (head: string, content: string): string => `--b\r\n${head}\r\n\r\n${content}\r\n`
const field = (name: string, value: string): string => part(`Content-Disposition: form-data; name="${name}"`, value)
const fails = (body: string, error: string): void => expect(() => parse(ok(headers, body))).toThrow(error)

test("fields and files are read (facts, 4)", () => {
  const file = part(
    'content-disposition: form-data; name="photo"; filename="a.png"\r\nContent-Type: image/png',
    "\x89PNG",
  )
  const answer = parse(ok(headers, `${field("method", "sendPhoto")}${field("chat_id", "1")}${file}--b--\r\n`))
  expect(Object.fromEntries(answer?.parameters.texts ?? [])).toEqual({ method: "sendPhoto", chat_id: "1" })
  const photo = { name: "a.png", type: "image/png", bytes: Buffer.from("\x89PNG") }
  expect(Object.fromEntries(answer?.parameters.files ?? [])).toEqual({ photo })
})

test("the type of a file is application/octet-stream unless it says another", () => {
  const file = part('Content-Disposition: form-data; name="f"; filename=""', "")
  expect(parse(ok(headers, `${file}--b--`))?.parameters.file("f")).toEqual({
    name: "",
    type: "application/octet-stream",
    bytes: Buffer.alloc(0),
  })
})

test("what stands before the first boundary and after the last one is skipped", () => {
  expect(texts(headers, `before\r\n${field("a", "1")}--b--after\r\n--b`)).toEqual({ a: "1" })
})

test("bytes of a file stay as they are", () => {
  const bytes = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256))
  const head = '--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n'
  const answer = parse(ok(headers, Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n--b--")])))
  expect(answer?.parameters.file("f")?.bytes.equals(bytes)).toBe(true)
})

test("a value keeps its line breaks, and the first of a name counts", () => {
  expect(texts(headers, `${field("a", "one\r\n--two\r\n")}${field("a", "2")}--b--`)).toEqual({ a: "one\r\n--two\r\n" })
})

test("a field that is a form itself is taken apart", () => {
  const form = part(
    'Content-Disposition: form-data; name="x"\r\nContent-Type: application/x-www-form-urlencoded',
    "a=1&b=2",
  )
  expect(texts(headers, `${form}--b--`)).toEqual({ a: "1", b: "2" })
})

test.each([
  ['form-data; name="a\\"b"', 'a"b'],
  ['form-data; name="a;b"; x=y', "a;b"],
  ["form-data; name=plain ; x=y", "plain"],
  ['form-data; x="y"; name="caf%C3%A9"', "café"],
  ['form-data; name="naïve"', "naïve"],
  ['form-data;name = "a"', "a"],
])("the name in %j is %j", (disposition, name) => {
  expect(texts(headers, `${part(`Content-Disposition: ${disposition}`, "1")}--b--`)).toEqual({ [name]: "1" })
})

test.each([
  ["multipart/form-data; boundary=b", true],
  ["Multipart/Form-Data; charset=utf-8; Boundary=b; x=y", true],
  ["multipart/form-data; boundary=--b", false],
])("%j finds the parts: %s", (type, finds) => {
  const body = `${field("a", "1")}--b--`
  const read = (): unknown => texts(`Content-Type: ${type}\r\n`, body)
  if (finds) expect(read()).toEqual({ a: "1" })
  else expect(read).toThrow("Bad Request: unexpected end of request content")
})

test.each([
  ["multipart/form-data", "Bad Request: boundary not found"],
  ["multipart/form-data; boundary", "Bad Request: boundary value not found"],
  ["multipart/form-data; boundary=", "Bad Request: boundary too big or empty"],
  ['multipart/form-data; boundary=""', "Bad Request: boundary too big or empty"],
  [`multipart/form-data; boundary=${"b".repeat(71)}`, "Bad Request: boundary too big or empty"],
])("the type %j fails with %j (facts, 3.1)", (type, error) => {
  expect(() => parse(ok(`Content-Type: ${type}\r\n`, "x"))).toThrow(error)
})

test("a boundary may have 70 characters (facts, 3.1)", () => {
  const boundary = "b".repeat(70)
  const body = `--${boundary}\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--${boundary}--`
  expect(texts(`Content-Type: multipart/form-data; boundary=${boundary}\r\n`, body)).toEqual({ a: "1" })
})

test.each([
  ["--b\r\n\r\nvalue\r\n--b--", "Bad Request: headers in multipart/form-data are empty"],
  [part("X: y", "1"), "Bad Request: field name in multipart/form-data not found"],
  [part("Content-Disposition: form-data; filename=a", "1"), "Bad Request: field name in multipart/form-data not found"],
  [part("Content-Disposition: attachment; name=a", "1"), "Bad Request: expected form-data content disposition"],
  [
    part('Content-Disposition: form-data; name="a', "1"),
    "Bad Request: unclosed quoted string in Content-Disposition header",
  ],
  [
    part('Content-Disposition: form-data; name="a\\', "1"),
    "Bad Request: wrong escape sequence in Content-Disposition header",
  ],
  [part('Content-Disposition: form-data; name="a" b', "1"), "Bad Request: expected ';' in Content-Disposition header"],
  [part("no colon", "1"), "Bad Request: can't parse form data headers"],
])("%j fails with %j", (body, error) => {
  fails(body, error)
})

test.each(["", "--b", "--b\r\nContent-Disposition: form-data; name=a", field("a", "1"), `${field("a", "1")}--b`])(
  "%j ends too early",
  (body) => {
    fails(`${body} `, "Bad Request: unexpected end of request content")
  },
)

test("fields together may have 1 MiB (facts, 3.1)", () => {
  const half = "x".repeat(524_288)
  const file = part('Content-Disposition: form-data; name="f"; filename="f"', half.repeat(4))
  const answer = parse(ok(headers, `${file}${field("a", half)}${field("b", half)}--b--`))
  expect(answer?.parameters.text("b")).toBe(half)
  fails(
    `${field("a", half)}${field("b", `${half}x`)}--b--`,
    "Request Entity Too Large: too many parameters in form data",
  )
})

test("there may be 50 files (facts, 3.1)", () => {
  const files = (count: number): string =>
    Array.from({ length: count }, (_, n) => part(`Content-Disposition: form-data; name=f${n}; filename=x`, "")).join("")
  expect(parse(ok(headers, `${files(50)}--b--`))?.parameters.files.size).toBe(50)
  fails(`${files(51)}--b--`, "Request Entity Too Large: too many files attached")
})

test("the headers of all parts may have 256 KiB", () => {
  const long = part(`Content-Disposition: form-data; name=a\r\nX: ${"x".repeat(200_000)}`, "")
  expect(texts(headers, `${long}--b--`)).toEqual({ a: "" })
  fails(`${long}${long}--b--`, "Request Header Fields Too Large: total headers size exceeded")
})
