import { HookgramError } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { parseUpdate } from "../../packages/core/src/parse.ts"
import { recorded } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"

/** The error that a body is refused with. */
function refusal(body: unknown): HookgramError {
  try {
    parseUpdate(body)
  } catch (error) {
    expect(error).toBeInstanceOf(HookgramError)
    expect((error as HookgramError).code).toBe("invalid_update")
    return error as HookgramError
  }
  throw new Error("It was accepted.")
}

test.each(recorded)("$name: the same update from text, bytes and a parsed value", ({ update }) => {
  const body = wireBody(update)
  expect(parseUpdate(body)).toEqual(update)
  expect(parseUpdate(Buffer.from(body))).toEqual(update)
  expect(parseUpdate(new TextEncoder().encode(body))).toEqual(update)
  expect(parseUpdate(update)).toBe(update)
})

test.each([
  '{"update_id":0}',
  '{"update_id":9007199254740991}',
  '{"message":{},"update_id":1}',
  '  {"update_id":1}\r\n',
  '{"update_id":1.0}',
  '{"update_id":1e3}',
  '{"update_id":7,"update_id":8}',
  '{"update_id":1,"brand_new_kind":null}',
])("%s is an update", (body) => {
  expect(parseUpdate(body)).toEqual(JSON.parse(body))
})

test.each([
  '{"update_id":-1}',
  '{"update_id":9007199254740992}',
  '{"update_id":1.5}',
  '{"update_id":"1"}',
  '{"update_id":null}',
  '{"update_id":true}',
  '{"update_id":[1]}',
  '{"UPDATE_ID":1}',
  "{}",
  "[]",
  '[{"update_id":1}]',
  "null",
  "true",
  "1",
  '"update_id"',
  '{"__proto__":{"update_id":1}}',
])("%s is JSON, but no update", (body) => {
  expect(refusal(body).message).toContain("not an update")
  expect(refusal(JSON.parse(body))).toBeInstanceOf(HookgramError)
})

test.each([
  "",
  " ",
  "{",
  '{"update_id":1',
  '{"update_id":1}}',
  "{'update_id':1}",
  "update_id=1",
  '{"update_id":01}',
  '{"update_id":1}\0',
  "undefined",
])("%j is not JSON", (body) => {
  expect(refusal(body).message).toContain("not JSON")
  expect(refusal(Buffer.from(body)).message).toContain("not JSON")
})

test.each([
  undefined,
  null,
  7,
  true,
  [],
  {},
  () => ({ update_id: 1 }),
  Symbol("update"),
  1n,
  new Map([["update_id", 1]]),
  new Uint8Array(0),
])("%o is no body", (body) => {
  expect(refusal(body).cause).toBeUndefined()
})

test("the error does not quote the body", () => {
  const error = refusal('{"text":"a private message"')
  expect(`${error.message} ${String(error.cause)} ${error.stack}`).not.toContain("private")
})

test("bytes that are not UTF-8 become U+FFFD: facts, 1.2", () => {
  const body = Buffer.from('{"update_id":1,\n"callback_query":{"data":"a\xff\xc3(b"}}', "latin1")
  expect(parseUpdate(body)).toEqual({ update_id: 1, callback_query: { data: "a\ufffd\ufffd(b" } })
})

describe("a byte order mark", () => {
  test("is not JSON, in bytes as in text", () => {
    expect(refusal('\ufeff{"update_id":1}').code).toBe("invalid_update")
    expect(refusal(Buffer.from('\ufeff{"update_id":1}')).code).toBe("invalid_update")
  })
})

test("`__proto__` is a field like any other, and touches nothing", () => {
  const update = parseUpdate(
    '{"update_id":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  )
  expect(Object.keys(update)).toEqual(["update_id", "__proto__", "constructor"])
  expect(Object.getPrototypeOf(update)).toBe(Object.prototype)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})
