import { deflateSync, gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { type BotApi, startApi, token } from "./bot-api.ts"

const json = { "content-type": "application/json" }
const form = { "content-type": "application/x-www-form-urlencoded" }

/** What the newest call was given, as the journal has it. */
function given(api: BotApi): unknown {
  return api.world.journal.calls.at(-1)?.parameters
}

test("parameters come from the query, then from the body; the first of a name counts (facts, 8.2)", async () => {
  const api = await startApi()
  await api.call(`/bot${token}/getMe?a=1&b=x+y&a=2`)
  expect(given(api)).toEqual({ a: 1, b: "x y" })
  await api.call(`/bot${token}/getMe?a=1`, { body: "a=2&c=%C3%A9", ...form })
  expect(given(api)).toEqual({ a: 1, c: "é" })
  await api.call(`/bot${token}/getMe?a=1`, { body: '{"a":2,"d":{"e":[1]},"f":null}', ...json })
  expect(given(api)).toEqual({ a: 1, d: { e: [1] }, f: "null" })
})

test("a GET may have a body too", async () => {
  const api = await startApi()
  await api.call(`/bot${token}/getMe`, { method: "GET", body: "a=1", ...form, "content-length": "3" })
  expect(given(api)).toEqual({ a: 1 })
})

test("files come in a form with parts (facts, 8.2)", async () => {
  const api = await startApi()
  const body = new FormData()
  body.set("caption", "é")
  body.set("photo", new Blob(["PNG"], { type: "image/png" }), "a.png")
  await fetch(`http://127.0.0.1:${api.port}/bot${token}/getMe`, { method: "POST", body })
  expect(given(api)).toEqual({ caption: "é", photo: "a.png (3 bytes)" })
})

test("broken JSON is no error: the call runs with what was read (facts, 8.2)", async () => {
  const api = await startApi()
  expect(await api.call(`/bot${token}/getMe`, { body: '{"a":1,"b":', ...json })).toMatchObject({ status: 200 })
  expect(given(api)).toEqual({ a: 1 })
})

test("a body may be gzip or deflate, and chunked (facts, 8.2)", async () => {
  const api = await startApi()
  for (const [encoding, body] of [
    ["gzip", gzipSync("a=1")],
    ["deflate", deflateSync("a=1")],
  ] as const) {
    await api.call(`/bot${token}/getMe`, {
      body,
      ...form,
      "content-encoding": encoding,
      "transfer-encoding": "chunked",
    })
    expect(given(api)).toEqual({ a: 1 })
  }
})

test("a body of another type is ignored", async () => {
  const api = await startApi()
  const body = Buffer.alloc(3_000_000)
  expect(await api.call(`/bot${token}/getMe`, { body, "content-type": "text/plain" })).toMatchObject({ status: 200 })
  expect(given(api)).toEqual({})
})

test("query and body together may have 1 MiB (facts, 8.2)", async () => {
  const api = await startApi()
  const body = `a=${"x".repeat(1_048_576 - 4)}`
  expect(await api.call(`/bot${token}/getMe?b`, { body, ...form })).toMatchObject({ status: 200 })
  expect(await api.call(`/bot${token}/getMe?b=1`, { body, ...form })).toMatchObject({ status: 413, body: "" })
})

const multipart = (parts: string): string =>
  `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${parts.length}\r\n\r\n${parts}`
const files = Array.from(
  { length: 51 },
  (_, count) => `--b\r\nContent-Disposition: form-data; name=f${count}; filename=x\r\n\r\n\r\n`,
).join("")

test.each([
  ["PUT", "\r\n", "501 Not Implemented"],
  ["HEAD", "\r\n", "501 Not Implemented"],
  ["OPTIONS", "\r\n", "501 Not Implemented"],
  ["NONSENSE", "\r\n", "501 Not Implemented"],
  ["GET", `X: ${"x".repeat(300_000)}\r\n\r\n`, "431 Request Header Fields Too Large"],
  ["GET", "no colon\r\n\r\n", "400 Bad Request"],
  ["POST", "Content-Length: 4294967295\r\n\r\n", "413 Request Entity Too Large"],
  [
    "POST",
    "Content-Type: application/json\r\nContent-Length: 2000000\r\n\r\n" + "x".repeat(1_048_577),
    "413 Request Entity Too Large",
  ],
  ["POST", "Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx", "415 Unsupported Media Type"],
  ["POST", "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", "400 Bad Request"],
  ["POST", multipart("--b\r\n"), "400 Bad Request"],
  ["POST", multipart(`${files}--b--`), "413 Request Entity Too Large"],
])("%s with %.60j: %s, bare, and the connection is closed (facts, 8.2)", async (method, rest, status) => {
  const api = await startApi()
  const answer = await api.raw(`${method} /bot${token}/getMe HTTP/1.1\r\nHost: x\r\n${rest}`)
  expect(answer).toBe(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`)
  expect(api.world.journal.calls).toEqual([])
  expect(api.bugs).toEqual([])
})

test("other versions of HTTP are not spoken (facts, 8.2)", async () => {
  const api = await startApi()
  expect(await api.raw(`GET /bot${token}/getMe HTTP/3.0\r\nHost: x\r\n\r\n`)).toBe(
    "HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Length: 0\r\n\r\n",
  )
})
