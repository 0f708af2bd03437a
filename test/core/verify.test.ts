import type { WebhookOptions } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { resolveOptions } from "../../packages/core/src/options.ts"
import { verifier } from "../../packages/core/src/verify.ts"
import { type PlainRequest, plainRequest, secretToken } from "./plain-request.ts"

const secretHeader = "x-telegram-bot-api-secret-token"

/** Why a request is refused, or `undefined` when it is not. */
function reason(request: PlainRequest, options: Partial<WebhookOptions> = {}): string | undefined {
  return verifier(resolveOptions({ secretToken, handler: () => {}, ...options }))(plainRequest(request))?.reason
}

test("a delivery as Telegram sends it passes", () => {
  expect(reason({})).toBeUndefined()
  expect(reason({ headers: { "content-length": "1048576" } })).toBeUndefined()
})

test.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post", ""])("method %j is refused", (method) => {
  expect(reason({ method })).toBe("method")
})

describe("the address", () => {
  const allowedAddresses = ["149.154.160.0/20", "::1"]
  test.each([
    ["149.154.167.50", undefined],
    ["::ffff:149.154.167.50", undefined],
    ["::1", undefined],
    ["149.154.176.1", "address"],
    ["", "address"],
    ["unknown", "address"],
    [undefined, "address"],
  ])("%j: %j", (address, expected) => {
    expect(reason({ address }, { allowedAddresses })).toBe(expected)
  })

  test("is not looked at without allowedAddresses", () => {
    const request = { ...plainRequest(), address: () => expect.unreachable() as never }
    expect(verifier(resolveOptions({ secretToken, handler: () => {} }))(request)).toBeUndefined()
  })

  test("no address is allowed by an empty list", () => {
    expect(reason({}, { allowedAddresses: [] })).toBe("address")
  })
})

describe("the secret", () => {
  test("missing and wrong look the same", () => {
    const verify = verifier(resolveOptions({ secretToken, handler: () => {} }))
    const missing = {
      ...plainRequest(),
      header: (name: string) => (name === "content-type" ? "application/json" : undefined),
    }
    const wrong = plainRequest({ headers: { [secretHeader]: "wrong" } })
    expect(verify(missing)?.response.status).toBe(401)
    expect(verify(missing)).toEqual(verify(wrong))
  })

  test.each([
    "",
    "wrong",
    `${secretToken} `,
    secretToken.toLowerCase(),
    `${secretToken}, ${secretToken}`,
    "gehe\u00efm",
  ])("%j is wrong", (value) => {
    expect(reason({ headers: { [secretHeader]: value } })).toBe("secret")
  })

  test("each of several passes, and no other", () => {
    const options = { secretToken: ["old", "new"] }
    expect(reason({ headers: { [secretHeader]: "old" } }, options)).toBeUndefined()
    expect(reason({ headers: { [secretHeader]: "new" } }, options)).toBeUndefined()
    expect(reason({}, options)).toBe("secret")
  })

  test("false lets everybody in", () => {
    expect(reason({ headers: { [secretHeader]: "any" } }, { secretToken: false })).toBeUndefined()
  })
})

test.each([
  ["application/json", undefined],
  ["application/json; charset=utf-8", undefined],
  ["application/json ;x=y", undefined],
  ["APPLICATION/JSON", undefined],
  ["application/jsonp", "contentType"],
  ["application/json-patch+json", "contentType"],
  ["application/json, text/plain", "contentType"],
  ["text/json", "contentType"],
  ["text/plain; application/json", "contentType"],
  ["application/x-www-form-urlencoded", "contentType"],
  ["", "contentType"],
])("content type %j: %j", (type, expected) => {
  expect(reason({ headers: { "content-type": type } })).toBe(expected)
})

test("a missing content type is refused", () => {
  const request = { ...plainRequest(), header: (name: string) => (name === secretHeader ? secretToken : undefined) }
  expect(verifier(resolveOptions({ secretToken, handler: () => {} }))(request)?.reason).toBe("contentType")
})

test.each([
  ["gzip", "contentType"],
  ["br", "contentType"],
  ["", "contentType"],
  ["identity", undefined],
])("content encoding %j: %j, for Telegram never compresses (facts, 1.1)", (encoding, expected) => {
  expect(reason({ headers: { "content-encoding": encoding } })).toBe(expected)
})

test("a declared length above the limit is refused before a byte is read", () => {
  expect(reason({ headers: { "content-length": "11" } }, { bodyLimit: 10 })).toBe("tooLarge")
  expect(reason({ headers: { "content-length": "10" } }, { bodyLimit: 10 })).toBeUndefined()
})

test("the first step that fails answers, in the order of the design", () => {
  const options = { allowedAddresses: ["::1"], bodyLimit: 1 }
  const bad = { "content-type": "text/plain", "content-length": "2", [secretHeader]: "wrong" }
  expect(reason({ method: "GET", headers: bad }, options)).toBe("method")
  expect(reason({ headers: bad }, options)).toBe("address")
  expect(reason({ address: "::1", headers: bad }, options)).toBe("secret")
  expect(reason({ address: "::1", headers: { ...bad, [secretHeader]: secretToken } }, options)).toBe("contentType")
  expect(reason({ address: "::1", headers: { "content-length": "2" } }, options)).toBe("tooLarge")
})
