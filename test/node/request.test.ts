import type { IncomingMessage } from "node:http"
import { PassThrough, Readable } from "node:stream"
import { type BodyLimits, Timeouts } from "@hookgram/core"
import { type FrameworkRequest, NodeRequest } from "@hookgram/node"
import { describe, expect, test } from "vitest"

const limits: BodyLimits = { bytes: 1000, timeouts: new Timeouts(30_000) }

/** A request of Node with this body, and its headers as Node gives them. */
function raw(text: string, headers: IncomingMessage["headers"] = {}): IncomingMessage {
  return Object.assign(new PassThrough().end(text), { method: "POST", headers }) as unknown as IncomingMessage
}

async function consumed(text: string): Promise<IncomingMessage> {
  const message = raw(text)
  await message.toArray()
  return message
}

const bodyOf = (message: IncomingMessage, framework: FrameworkRequest = {}): Promise<unknown> =>
  new NodeRequest(message, framework).body(limits)

describe("the body", () => {
  test("that nobody has read is read, whatever a parser has left for it", async () => {
    expect(await bodyOf(raw('{"a":1}'))).toBe('{"a":1}')
    expect(await bodyOf(raw('{"a":1}'), { body: {} })).toBe('{"a":1}') // Express 4 with a parser of another type
    expect(await bodyOf(raw('{"a":1}'), { body: undefined })).toBe('{"a":1}')
  })

  test.each([[{ a: 1 }], ['{"a":1}'], [Buffer.from('{"a":1}')], [""], [0], [false], [[]]])(
    "that a parser has read is what it made of it: %j",
    async (body) => {
      expect(await bodyOf(await consumed('{"a":1}'), { body })).toBe(body)
    },
  )

  test("that was handed on as another stream is read from there", async () => {
    expect(await bodyOf(await consumed("x"), { body: Readable.from([Buffer.from('{"a":1}')]) })).toBe('{"a":1}')
    await expect(bodyOf(await consumed("x"), { body: Readable.from([Buffer.alloc(1001)]) })).rejects.toMatchObject({
      code: "body_too_large",
    })
  })

  test.each([undefined, null])(
    "that somebody has read without leaving it (%o) is an error that says what to do",
    async (body) => {
      const message = await consumed('{"a":1}')
      await expect(bodyOf(message, { body })).rejects.toMatchObject({
        code: "body_consumed",
        message: expect.stringContaining("mount the webhook ahead") as string,
      })
    },
  )

  test("that somebody has begun to read is not taken for the rest of it", async () => {
    const message = raw('{"a":1}')
    message.setEncoding("utf8")
    message.once("data", () => message.pause())
    await new Promise((resolve) => message.once("pause", resolve))
    await expect(bodyOf(message)).rejects.toMatchObject({ code: "body_consumed" })
  })

  test("of a peer that has gone is an error", async () => {
    const message = raw("{}")
    message.destroy()
    await expect(bodyOf(message)).rejects.toMatchObject({ code: "body_aborted" })
  })
})

test("headers, method and address are the request's and the framework's own", () => {
  const request = new NodeRequest(raw("", { "content-type": "application/json", "set-cookie": ["a", "b"] }), {
    ip: "::1",
  })
  expect([request.method, request.address()]).toEqual(["POST", "::1"])
  expect(request.header("content-type")).toBe("application/json")
  expect(request.header("set-cookie")).toBe("a, b")
  expect(request.header("x-none")).toBeUndefined()
  expect(new NodeRequest(raw(""), {}).address()).toBeUndefined()
})

test("a header that is named like a method of every object is not one", () => {
  const request = new NodeRequest(raw("", Object.create(null) as IncomingMessage["headers"]), {})
  expect(request.header("constructor")).toBeUndefined()
})
