import { expect, test } from "vitest"
import { startApi, token } from "./bot-api.ts"

const secret = token.split(":")[1]

test("a method is found whatever the case of its name (facts, 8.1)", async () => {
  const api = await startApi()
  for (const name of ["getMe", "GETME", "getme"]) {
    expect(await api.call(`/bot${token}/${name}`)).toMatchObject({ status: 200, body: { result: { id: 123_456 } } })
  }
  expect(api.world.journal.calls.map(({ method, via, modelled }) => [method, via, modelled])).toEqual(
    Array.from({ length: 3 }, () => ["getMe", "http", true]),
  )
})

test.each(["getMe/", "getMeNow", "get", "/getMe", "getMe%20"])("%j is no method (facts, 8.1)", async (name) => {
  const api = await startApi()
  expect(await api.call(`/bot${token}/${name}`)).toMatchObject({
    status: 404,
    body: { ok: false, error_code: 404, description: "Not Found: method not found" },
  })
})

test("without a method in the path the parameter counts (facts, 8.1)", async () => {
  const api = await startApi()
  expect(await api.call(`/bot${token}/?method=getMe`)).toMatchObject({ status: 200 })
  expect(await api.call(`/bot${token}/`)).toMatchObject({ status: 404 })
})

test.each(["/", "/x", "/Bot1:a/getMe", "/bot", `/bot${token}`, `/bot${token}/test`, `/bot${token}/testGetMe`])(
  "%j is not found (facts, 8.4)",
  async (path) => {
    const api = await startApi()
    const body = { ok: false, error_code: 404, description: "Not Found" }
    expect(await api.call(path)).toMatchObject({ status: 404, body })
  },
)

test("an absolute address is not found (facts, 8.2)", async () => {
  const api = await startApi()
  expect(
    await api.raw(`GET http://localhost/bot${token}/getMe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
  ).toMatch(/^HTTP\/1.1 404 [^]*"Not Found: absolute URI is specified in the Request-Line"/)
})

test.each([
  ["123456", 401, "Unauthorized: invalid token specified"],
  [`0123:${secret}`, 401, "Unauthorized: invalid token specified"],
  [`${token}${"x".repeat(80)}`, 401, "Unauthorized: invalid token specified"],
  [`-5:${secret}`, 401, "Unauthorized: invalid token specified"],
  [`18014398509481984:${secret}`, 401, "Unauthorized: invalid token specified"],
  [`12x:${secret}`, 421, "Misdirected Request: unallowed token specified"],
  [`:${secret}`, 421, "Misdirected Request: unallowed token specified"],
  [`+5:${secret}`, 421, "Misdirected Request: unallowed token specified"],
  ["123456:short", 401, "Unauthorized"],
  ["123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDs$w", 401, "Unauthorized"],
])("the token %j: %i %s (facts, 8.4)", async (wrong, status, description) => {
  const api = await startApi()
  expect(await api.call(`/bot${wrong}/getMe`)).toMatchObject({
    status,
    body: { ok: false, error_code: status, description },
  })
  expect(api.world.bots.size).toBe(0)
})

test("a token may be percent-encoded", async () => {
  const api = await startApi()
  expect(await api.call(`/bot${token.replace(":", "%3A")}/getMe`)).toMatchObject({ status: 200 })
})

test("a bot is made for a new token, but none for another secret of the same bot", async () => {
  const api = await startApi()
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ status: 200 })
  expect(api.world.bots.get(123_456)?.token).toBe(token)
  expect(await api.call(`/bot${token}x/getMe`)).toMatchObject({ status: 401, body: { description: "Unauthorized" } })
})

test("in strict mode only the bots that there are have a token", async () => {
  const api = await startApi({ strict: true })
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ status: 401, body: { description: "Unauthorized" } })
  api.world.addBot(token)
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ status: 200 })
})

test("the test environment has bots of its own (facts, 8.1)", async () => {
  const api = await startApi()
  api.world.addBot(token, { username: "real_bot" })
  expect(await api.call(`/bot${token}/getMe`)).toMatchObject({ body: { result: { username: "real_bot" } } })
  expect(await api.call(`/bot${token}/test/getMe`)).toMatchObject({
    body: { result: { id: 123_456, username: expect.not.stringMatching("real_bot") } },
  })
})

test("files are downloaded by their path (facts, 8.1)", async () => {
  const api = await startApi()
  const bytes = Buffer.from([0, 255, 10])
  const { file_path: path } = api.world.files.add("photos", { name: "a.png", type: "image/png", bytes })
  const socket = `GET /file/bot${token}/${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
  expect(await api.raw(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*Content-Length: 3\r\n\r\n\0\xff\n$/)
  for (const wrong of ["photos/none.png", "", "../bot.ts"]) {
    const body = { ok: false, error_code: 404, description: "Not Found" }
    expect(await api.call(`/file/bot${token}/${wrong}`)).toMatchObject({ status: 404, body })
  }
})
