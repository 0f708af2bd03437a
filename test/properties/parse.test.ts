import { HookgramError } from "@hookgram/core"
import * as fc from "fast-check"
import { expect, test } from "vitest"
import { parseUpdate } from "../../packages/core/src/parse.ts"
import { recorded } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"

/** The rule, written out: an object whose `update_id` is a non-negative safe integer. */
function isUpdate(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  const id = (value as { update_id?: unknown }).update_id
  return typeof id === "number" && Number.isSafeInteger(id) && id >= 0
}

/** What a body comes to; `undefined` when it is refused in the only way there is. */
function parsed(body: unknown): unknown {
  try {
    return parseUpdate(body)
  } catch (error) {
    expect(error).toBeInstanceOf(HookgramError)
    expect((error as HookgramError).code).toBe("invalid_update")
    return undefined
  }
}

/** The value of a text, if it is JSON. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const id = fc.oneof(
  fc.maxSafeNat(),
  fc.constantFrom<unknown>(
    0,
    -0,
    -1,
    0.5,
    2 ** 53,
    2 ** 53 - 1,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "1",
    null,
    true,
    [1],
    {},
  ),
)
const nearUpdate = fc
  .tuple(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }), id)
  .map(([fields, update_id]) => Object.assign(fields, { update_id }))
const anyValue = fc.oneof(fc.jsonValue(), nearUpdate)

test("any value is accepted exactly when it is an update, and then it is that very value", () => {
  fc.assert(
    fc.property(fc.oneof(anyValue, fc.anything()), (value) => {
      fc.pre(typeof value !== "string" && !(value instanceof Uint8Array))
      if (isUpdate(value)) expect(parseUpdate(value)).toBe(value)
      else expect(parsed(value)).toBeUndefined()
    }),
    { numRuns: 1000 },
  )
})

test("any JSON text, with any white space, as text and as bytes", () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom("", " ", "\n\t", "\r\n"), fc.boolean(), (value, space, indent) => {
      const text = space + JSON.stringify(value, undefined, indent ? 2 : 0) + space
      const expected = isUpdate(JSON.parse(text)) ? JSON.parse(text) : undefined
      expect(parsed(text)).toEqual(expected)
      expect(parsed(Buffer.from(text))).toEqual(expected)
    }),
    { numRuns: 1000 },
  )
})

test("any text and any bytes", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.uint8Array({ maxLength: 40 }), (text, bytes) => {
      const value = valueOf(text)
      expect(parsed(text)).toEqual(isUpdate(value) ? value : undefined)
      const decoded = valueOf(new TextDecoder().decode(bytes))
      expect(parsed(bytes)).toEqual(isUpdate(decoded) ? decoded : undefined)
    }),
  )
})

const small = recorded.filter(({ update }) => JSON.stringify(update).length < 1500)

test("a recorded delivery with some bytes changed, cut out or put in", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...small),
      fc.nat(),
      fc.nat(3),
      fc.uint8Array({ maxLength: 3 }),
      ({ update }, position, removed, inserted) => {
        const body = Buffer.from(wireBody(update))
        const at = position % body.length
        const bytes = Buffer.concat([body.subarray(0, at), inserted, body.subarray(at + removed)])
        const value = valueOf(bytes.toString())
        expect(parsed(bytes)).toEqual(isUpdate(value) ? value : undefined)
      },
    ),
    { numRuns: 500 },
  )
})
