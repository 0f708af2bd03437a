import { connect } from "node:net"
import { expect, expectTypeOf, test } from "vitest"
import type { ApiMethods } from "@grammyjs/types"
import { ApiError } from "@hookgram/simulator"
import { tooManyRequests } from "../../../packages/simulator/src/api/error.ts"
import { invoke } from "../../../packages/simulator/src/api/invoke.ts"
import { type Call, Described, type Method, RawJson } from "../../../packages/simulator/src/api/method.ts"
import { methodNames } from "../../../packages/simulator/src/api/names.ts"
import { Parameters } from "../../../packages/simulator/src/api/parameters.ts"
import { startApi, token } from "./bot-api.ts"

test("an answer on the wire: its headers in Telegram's order, its text in ASCII (facts, 8.3)", async () => {
  const api = await startApi()
  api.world.addBot(token, { first_name: "é😀/" })
  const answer = await api.raw(`GET /bot${token}/getMe HTTP/1.1\r\nHost: x\r\n\r\n`, 100)
  const [head = "", body = ""] = answer.split("\r\n\r\n")
  expect(head).toBe(
    "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Type: application/json\r\n" +
      `Content-Length: ${body.length}`,
  )
  expect(body).toMatch(/^\{"ok":true,"result":\{"id":123456,"is_bot":true,"first_name":"\\u00e9\\ud83d\\ude00\/",/)
})

test("a failure has ok, error_code and description, in this order (facts, 8.3)", async () => {
  const api = await startApi()
  expect(await api.raw(`GET /bot${token}/no HTTP/1.0\r\n\r\n`)).toBe(
    "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 73\r\n\r\n" +
      '{"ok":false,"error_code":404,"description":"Not Found: method not found"}',
  )
})

test("429 says how long to wait, in its text, its parameters and its header (facts, 8.3)", async () => {
  const api = await startApi()
  api.world.services.refusals.add({ error: tooManyRequests(7) })
  const { status, headers, body } = await api.call(`/bot${token}/getMe`)
  expect(status).toBe(429)
  expect(headers.join(" ")).toMatch(
    /^Connection keep-alive Content-Type application\/json Retry-After 7 Content-Length/,
  )
  expect(JSON.stringify(body)).toBe(
    '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}',
  )
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ status: 200 })
})

test("only results with a description have one (facts, 8.3)", async () => {
  const api = await startApi()
  const { body } = await api.call(`/bot${token}/deleteWebhook`)
  expect(JSON.stringify(body)).toBe('{"ok":true,"result":true,"description":"Webhook is already deleted"}')
})

test("the server answers one call after the other on a connection", async () => {
  const api = await startApi()
  const call = `GET /bot${token}/getMe HTTP/1.1\r\nHost: x\r\n\r\n`
  const answer = await api.raw(`${call}${call}${call.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")}`)
  expect(answer.match(/HTTP\/1.1 200 OK/g)).toHaveLength(3)
})

test("a call whose caller goes away is over", async () => {
  const api = await startApi()
  const socket = connect(api.port, "127.0.0.1")
  socket.write(`GET /bot${token}/getUpdates?timeout=50 HTTP/1.1\r\nHost: x\r\n\r\n`)
  await expect.poll(() => api.world.journal.calls.length).toBe(1)
  expect(api.world.journal.calls[0]?.endedAt).toBeUndefined()
  socket.destroy()
  await expect.poll(() => api.world.journal.calls[0]?.endedAt).toBeDefined()
})

test("a method that a webhook asks for is called, and recorded as such (facts, 4)", async () => {
  const api = await startApi()
  const bot = api.world.addBot(token)
  api.world.services.reply(bot, new Parameters(new Map([["method", "SendChatAction"]])))
  await expect.poll(() => api.world.journal.calls[0]?.answer).toBeDefined()
  expect(api.world.journal.calls).toMatchObject([{ bot: bot.id, method: "sendChatAction", via: "webhook reply" }])
})

test("a caller who goes away in the midst of a request leaves nothing behind", async () => {
  const api = await startApi()
  const socket = connect(api.port, "127.0.0.1")
  socket.write(`POST /bot${token}/getMe HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345`)
  await new Promise((resolve) => socket.once("ready", resolve))
  socket.destroy()
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ status: 200 })
  expect(api.bugs).toEqual([])
  expect(api.world.journal.calls).toHaveLength(1)
})

test("a bot that logged out is refused, one that was closed is loaded again (facts, 8.4 and 8.6)", async () => {
  const api = await startApi()
  await api.call(`/bot${token}/close`)
  expect(await api.call(`/bot${token}/close`)).toMatchObject({
    status: 400,
    body: { description: "Bad Request: the bot has already been closed" },
  })
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ status: 200 })
  expect(await api.call(`/bot${token}/logOut`)).toMatchObject({ status: 200 })
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ status: 400, body: { description: "Logged out" } })
})

test("a method that is not modelled is answered plausibly, and recorded as such", async () => {
  const api = await startApi()
  const answer = await invoked(api, new Map(), "SETMYNAME")
  expect(answer).toEqual({ ok: true, result: true })
  expect(api.world.journal.calls.at(-1)).toMatchObject({ method: "setMyName", modelled: false, answer })
})

test("a name that is none is recorded as it was written", async () => {
  const api = await startApi()
  await invoked(api, new Map([["nosuch", () => true]]), "noSuch")
  const answer = { ok: false, error_code: 404, description: "Not Found: method not found" }
  expect(api.world.journal.calls.at(-1)).toMatchObject({ method: "noSuch", modelled: false, answer })
})

test.each<[string, Method, object]>([
  ["a value", () => ({ a: 1 }), { ok: true, result: { a: 1 } }],
  ["a promise", () => Promise.resolve(2), { ok: true, result: 2 }],
  ["a description", () => new Described(true, "Done"), { ok: true, result: true, description: "Done" }],
  ["JSON text", () => new RawJson("[1]"), { ok: true, result: [1] }],
  [
    "an error",
    () => Promise.reject(new ApiError(400, "Bad Request: x", { migrate_to_chat_id: 5 })),
    { ok: false, error_code: 400, description: "Bad Request: x", parameters: { migrate_to_chat_id: 5 } },
  ],
])("what a method gives: %s", async (_, method, answer) => {
  const api = await startApi()
  await invoked(api, new Map([["getme", method]]), "getMe")
  expect(api.world.journal.calls.at(-1)).toMatchObject({ method: "getMe", modelled: true, endedAt: expect.any(Number) })
  expect(JSON.parse(JSON.stringify(api.world.journal.calls.at(-1)?.answer))).toEqual(answer)
})

test("a fault of a method is a 500 for the caller, and is not lost", async () => {
  const api = await startApi()
  const fault = new TypeError("oops")
  const answer = await invoked(api, new Map([["getme", () => Promise.reject(fault)]]), "getMe")
  expect(answer).toEqual({ ok: false, error_code: 500, description: "Internal Server Error" })
  expect(api.bugs).toEqual([fault])
})

test("a call is told of when it begins, and when it is answered", async () => {
  const api = await startApi()
  const told: boolean[] = []
  api.world.journal.listen((happening) => {
    if (happening.type === "call") told.push(happening.call.answer !== undefined)
  })
  await api.call(`/bot${token}/getMe`)
  expect(told).toEqual([false, true])
})

test("who waits for something looks again after a call", async () => {
  const api = await startApi()
  const { clock, journal } = api.world
  const answered = clock.until(() => journal.calls[0]?.answer, 5000)
  await api.call(`/bot${token}/getMe`)
  expect(await answered).toMatchObject({ ok: true })
})

test("the names are those of the Bot API", () => {
  expectTypeOf<(typeof methodNames)[number]>().toEqualTypeOf<keyof ApiMethods<unknown>>()
  expect(new Set(methodNames).size).toBe(methodNames.length)
})

function invoked(
  { world, bugs }: Awaited<ReturnType<typeof startApi>>,
  methods: ReadonlyMap<string, Method>,
  method: string,
): Promise<unknown> {
  const call: Call = { world, bot: world.addBot(token), method, parameters: new Parameters() }
  return invoke({ methods, onBug: (error) => bugs.push(error) }, call, "webhook reply")
}
