import * as fc from "fast-check"
import { expect, test } from "vitest"
import { Collector } from "../../../packages/simulator/src/api/collector.ts"
import { parseJsonPairs } from "../../../packages/simulator/src/api/json-pairs.ts"

function pairs(text: string): [string, string][] {
  const collector = new Collector()
  parseJsonPairs(text, collector)
  return [...collector.parameters.texts]
}

test.each([
  ['{"method":"sendMessage","chat_id":-1001,"ok":true}', { method: "sendMessage", chat_id: "-1001", ok: "true" }],
  ['{"a":null,"b":false,"c":1.50e+3}', { a: "null", b: "false", c: "1.50e+3" }],
  ['{"a": [1, {"b" : "c"}] ,"d":{}}', { a: '[1, {"b" : "c"}]', d: "{}" }],
  ['{"id":12345678901234567890}', { id: "12345678901234567890" }],
  ['{"a":"1","a":"2"}', { a: "1" }],
  [' \r\n\t{ "a" : "b" } ', { a: "b" }],
  ['{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00"}', { a: '"\\/\b\f\n\r\té😀' }],
  ['{"\\u0061":"b"}', { a: "b" }],
])("%s (facts, 4)", (text, expected) => {
  expect(Object.fromEntries(pairs(text))).toEqual(expected)
})

test.each([
  // Escapes that none need, control characters, numbers that are none, and a comma too many.
  ['{"a":"\\x\\\'"}', { a: "x'" }],
  ['{"a":"line\nbreak\u0000"}', { a: "line\nbreak\u0000" }],
  ['{"a":"\\U0041"}', { a: "U0041" }],
  ['{"a":+.5-e,"b":--1}', { a: "+.5-e", b: "--1" }],
  ['{"a":1,}', { a: "1" }],
])("%j is more than JSON allows, and is read", (text, expected) => {
  expect(Object.fromEntries(pairs(text))).toEqual(expected)
})

test.each([
  ['{"method":"sendMessage","chat_id":1,"text":"a"', ["method", "chat_id", "text"]],
  ['{"method":"sendMessage","chat_id":1', ["method", "chat_id"]],
  ['{"a":1 "b":2}', ["a"]],
  ['{"a":1;"b":2}', ["a"]],
  ['{"a":1}{"b":2}', ["a"]],
  ['{"a":1abc,"b":2}', ["a"]],
  ['{"a":1,"b":"open', ["a"]],
  ['{"a":1,"b":"open\\', ["a"]],
  ['{"a":1,"b":"open\\"', ["a"]],
  ['{"a":1,"b":nul,"c":3}', ["a"]],
  ['{"a":1,"b":[1,2', ["a"]],
  ['{"a":1,"b":[1,],"c":3}', ["a"]],
  ['{"a":1,"b":{"c":1,},"d":3}', ["a"]],
  ['{"a":1,"b":{"c" 1},"d":3}', ["a"]],
  ['{"a":1,"b":{c:1},"d":3}', ["a"]],
  ['{"a":1,"b":"\\u12","c":3}', ["a"]],
  ['{"a":1,"b":["\\u12g4"],"c":3}', ["a"]],
  ['{"a":1,"b":e5,"c":3}', ["a"]],
  ['{"a":1,"b" 2}', ["a"]],
  ['{"a":1,b:2}', ["a"]],
  ['{"a":', []],
  ["{", []],
  ["", []],
  ['["a"]', []],
  ['"a"', []],
  ['\ufeff{"a":1}', []],
])("%s: what stands before the fault counts (facts, 4)", (text, names) => {
  expect(pairs(text).map(([name]) => name)).toEqual(names)
})

test("values may nest a hundred deep", () => {
  const nested = (depth: number): string => `{"a":${"[".repeat(depth)}${"]".repeat(depth)},"b":1}`
  expect(pairs(nested(101)).map(([name]) => name)).toEqual(["a", "b"])
  expect(pairs(nested(102))).toEqual([])
})

test("whatever JSON.stringify writes is read, and values are their source", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), (object, indent) => {
      const text = JSON.stringify(object, undefined, indent)
      // Written and read again, for what JSON does not tell apart, such as 0 and -0.
      const expected = Object.entries(JSON.parse(text) as Record<string, unknown>)
      const found = pairs(text).map(([name, value]) => [name, isText(object[name]) ? value : JSON.parse(value)])
      expect(found).toEqual(expected)
    }),
  )
})

test("cut short anywhere, it gives a part of the same pairs", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (object, cut) => {
      const text = JSON.stringify(object)
      const whole = pairs(text)
      const part = pairs(text.slice(0, cut % (text.length + 1)))
      // Only of a number that was cut something else may be left.
      const sure = part.slice(0, -1)
      expect(sure).toEqual(whole.slice(0, sure.length))
      expect(part.length).toBeLessThanOrEqual(whole.length)
    }),
  )
})

test("no text makes it fail or hang", () => {
  const text = fc.array(fc.constantFrom(...'{}[]":,\\u1-e \n', "true", "null", '"a":')).map((all) => `{${all.join("")}`)
  fc.assert(fc.property(text, (one) => pairs(one).length >= 0))
})

function isText(value: unknown): boolean {
  return typeof value === "string"
}
