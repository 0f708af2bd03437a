import { callerOf, createApi, TelegramError } from "@hookgram/api"
import { HookgramError } from "@hookgram/core"
import { expect, test } from "vitest"
import { ok, refused, rejection, serverSaying, silent, simulated, token } from "./server.ts"

test("a method is called by its name, with its parameters, and gives its result", async () => {
  const { telegram, api } = await simulated()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const sent = await api.sendMessage({ chat_id: ana.id, text: "Hello", reply_markup: { force_reply: true } })
  expect(sent.text).toBe("Hello")
  expect((await ana.nextReply()).text).toBe("Hello")
  expect((await api.getMe()).username).toBe("simulated_bot")
  expect(await api.getWebhookInfo()).toMatchObject({ url: "", pending_update_count: 1 })
})

test("a call is a POST of JSON, without parameters that have no value: Telegram takes null for a text (facts, 5.1)", async () => {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: `${url}/` })
  await api.sendMessage({ chat_id: 1, text: "ñ", parse_mode: undefined, reply_parameters: null as never })
  expect(seen).toEqual([
    {
      url: `/bot${token}/sendMessage`,
      method: "POST",
      type: "application/json",
      body: Buffer.from('{"chat_id":1,"text":"ñ"}'),
    },
  ])
})

test("with test: true, calls go to the test environment (facts, 8.1)", async () => {
  const { url, seen } = await serverSaying(ok())
  await createApi(token, { baseUrl: url, test: true }).getMe()
  expect(seen[0]?.url).toBe(`/bot${token}/test/getMe`)
})

test("a method that is newer than the types can be called as well, and its name cannot lead elsewhere", async () => {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: url }) as unknown as Record<string, (parameters: object) => Promise<unknown>>
  await api["flyToTheMoon"]?.({ seats: 2 })
  await api["../../etc"]?.({})
  expect(seen.map((one) => one.url)).toEqual([`/bot${token}/flyToTheMoon`, `/bot${token}/..%2F..%2Fetc`])
})

test("a method is a function of its own, and awaiting or printing the api calls nothing", async () => {
  const { url, seen } = await serverSaying(ok())
  const api = createApi(token, { baseUrl: url })
  const { getMe } = await Promise.resolve(api)
  expect(api.getMe).toBe(getMe)
  expect(Object.prototype.toString.call(api)).toBe("[object Api]")
  expect(JSON.stringify({ api })).toBe('{"api":{}}')
  await getMe()
  expect(seen).toHaveLength(1)
})

test("a refusal is a TelegramError with Telegram's code, description and parameters", async () => {
  const { url } = await serverSaying(refused(400, "Bad Request: gone", { migrate_to_chat_id: -1 }))
  const error = await rejection(createApi(token, { baseUrl: url }).sendMessage({ chat_id: 1, text: "x" }))
  expect(error).toBeInstanceOf(TelegramError)
  expect(error).toBeInstanceOf(HookgramError)
  expect(error).toMatchObject({
    name: "TelegramError",
    code: "api_error",
    method: "sendMessage",
    errorCode: 400,
    description: "Bad Request: gone",
    parameters: { migrate_to_chat_id: -1 },
    message: "sendMessage: 400 Bad Request: gone",
  })
})

test("a refused token says where to get another", async () => {
  const { telegram } = await simulated({ strict: true })
  const error = await rejection(createApi(token, { baseUrl: telegram.url }).getMe())
  expect(error.message).toBe(
    "getMe: 401 Unauthorized. The token is wrong, or it was revoked: @BotFather shows the one that is valid.",
  )
})

test("a bare HTTP status is a refusal as well (facts, 8.2)", async () => {
  const { url } = await serverSaying((_, response) => void response.writeHead(413).end())
  const error = await rejection(createApi(token, { baseUrl: url }).sendMessage({ chat_id: 1, text: "x" }))
  expect(error).toMatchObject({ code: "api_error", errorCode: 413, description: "Payload Too Large", parameters: {} })
})

test("a refusal without words has those of HTTP", async () => {
  const { url } = await serverSaying((_, response) => void response.writeHead(502).end('{"ok":false}'))
  const error = await rejection(createApi(token, { baseUrl: url, retry: false }).getMe())
  expect(error).toMatchObject({ errorCode: 502, description: "Bad Gateway" })
})

test.each([
  ["a page", "<h1>Hello</h1>"],
  ["another's JSON", '{"hello":"world"}'],
  ["null", "null"],
])("%s is no answer of the Bot API", async (_, text) => {
  const { url } = await serverSaying((_seen, response) => void response.end(text))
  const error = await rejection(createApi(token, { baseUrl: url, retry: false }).getMe())
  expect(error).toMatchObject({ code: "api_unreachable" })
  expect(error.message).toContain("baseUrl")
})

test("a redirect is not followed: it would carry the token elsewhere", async () => {
  const elsewhere = await serverSaying(ok())
  const { url } = await serverSaying((_, response) => void response.writeHead(307, { Location: elsewhere.url }).end())
  expect(await rejection(createApi(token, { baseUrl: url, retry: false }).getMe())).toMatchObject({
    code: "api_unreachable",
  })
  expect(elsewhere.seen).toEqual([])
})

test("no answer in time fails the call; the time of one call can be another", async () => {
  const { url } = await serverSaying(silent)
  const api = createApi(token, { baseUrl: url, timeout: 50 })
  const sent = await rejection(api.sendMessage({ chat_id: 1, text: "x" }))
  expect(sent).toMatchObject({ code: "api_timeout" })
  expect(sent.message).toBe(
    "sendMessage: there was no answer within 50 ms. Whether the call was carried out is not known.",
  )
  const other = await rejection(api.sendMessage({ chat_id: 1, text: "x" }, { timeout: 30 }))
  expect(other.message).toContain("30 ms")
})

test("a call may take for ever, if it is told to", async () => {
  const { url } = await serverSaying(ok("late"))
  expect(await createApi(token, { baseUrl: url }).getMe({}, { timeout: Infinity, retry: false })).toBe("late")
})

test("a body that stops half-way is no answer in time either", async () => {
  const { url } = await serverSaying((_, response) => void response.writeHead(200).write('{"ok":'))
  const error = await rejection(createApi(token, { baseUrl: url, timeout: 50, retry: false }).getMe())
  expect(error).toMatchObject({ code: "api_timeout" })
})

test("a long poll has its own time, and ten seconds more", async () => {
  const { telegram, api } = await simulated({ speed: 100 }, { timeout: 20, retry: false })
  const poll = api.getUpdates({ timeout: 30 })
  await new Promise((resolve) => setTimeout(resolve, 100))
  await telegram.user("Ana").send("Hola")
  expect(await poll).toHaveLength(1)
})

test("a signal ends a call with its reason, before it and in the middle of it", async () => {
  const { url, seen } = await serverSaying(silent)
  const api = createApi(token, { baseUrl: url })
  const reason = new Error("enough")
  expect(await rejection(api.getMe({}, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  expect(seen).toEqual([])
  const controller = new AbortController()
  const call = rejection(api.getMe({}, { signal: controller.signal }))
  setTimeout(() => controller.abort(reason), 50)
  expect(await call).toBe(reason)
})

test("another fetch that does not heed its signal holds no call up", async () => {
  const api = createApi(token, { timeout: 50, fetch: () => new Promise(() => {}) })
  expect(await rejection(api.sendMessage({ chat_id: 1, text: "x" }))).toMatchObject({ code: "api_timeout" })
  const controller = new AbortController()
  const reason = new Error("enough")
  const call = rejection(api.getMe({}, { signal: controller.signal, timeout: 10_000 }))
  setTimeout(() => controller.abort(reason), 50)
  expect(await call).toBe(reason)
})

test("what Telegram tells is not touched, whatever it is", async () => {
  const { url } = await serverSaying(ok({ text: `my token is ${token}` }))
  expect(await createApi(token, { baseUrl: url }).getMe()).toEqual({ text: `my token is ${token}` })
})

test("a refusal over HTTP/2, which has no words, still says something", async () => {
  const api = createApi(token, { retry: false, fetch: async () => new Response("", { status: 502 }) })
  expect((await rejection(api.getMe())).message).toBe("getMe: 502 without a reason")
})

test("callerOf makes calls that are given as data, for a webhook's callApi", async () => {
  const { telegram, api } = await simulated()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  await callerOf(api)({ method: "sendMessage", chat_id: ana.id, text: "Late" })
  expect((await ana.nextReply()).text).toBe("Late")
})

test("another fetch can carry out the calls", async () => {
  const asked: string[] = []
  const api = createApi(token, {
    fetch: async (url) => {
      asked.push(url)
      return Response.json({ ok: true, result: true })
    },
  })
  expect(await api.deleteWebhook()).toBe(true)
  expect(asked).toEqual([`https://api.telegram.org/bot${token}/deleteWebhook`])
})
