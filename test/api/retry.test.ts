import { createApi, type RetryOptions } from "@hookgram/api"
import { ApiError } from "@hookgram/simulator"
import { describe, expect, test } from "vitest"
import { repeatDelay } from "../../packages/api/src/repeat.ts"
import { TelegramError } from "../../packages/api/src/telegram-error.ts"
import { cut, ok, refused, rejection, serverSaying, simulated, token } from "./server.ts"

const slowDown = refused(429, "Too Many Requests: retry after 1", { retry_after: 1 })
const restart = refused(500, "Internal Server Error: restart")

test("a call that Telegram puts off is made again when it says, also one that sends", async () => {
  const { telegram, api } = await simulated()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  telegram.refuse({
    method: "sendMessage",
    error: new ApiError(429, "Too Many Requests: retry after 1", { retry_after: 1 }),
  })
  const begin = performance.now()
  await api.sendMessage({ chat_id: ana.id, text: "Hello" })
  expect(performance.now() - begin).toBeGreaterThanOrEqual(995)
  expect(ana.messages.filter(({ text }) => text === "Hello")).toHaveLength(1)
})

test("one that Telegram puts off without saying until when is made again after a second", async () => {
  const { url, seen } = await serverSaying(refused(429, "Too Many Requests"), ok("sent"))
  const begin = performance.now()
  expect(await createApi(token, { baseUrl: url }).sendMessage({ chat_id: 1, text: "x" })).toBe("sent")
  expect(performance.now() - begin).toBeGreaterThanOrEqual(995)
  expect(seen).toHaveLength(2)
})

test("a wait longer than maxDelay fails at once", async () => {
  const { url, seen } = await serverSaying(slowDown, ok())
  const api = createApi(token, { baseUrl: url, retry: { maxDelay: 999 } })
  expect(await rejection(api.getMe())).toMatchObject({ errorCode: 429, parameters: { retry_after: 1 } })
  expect(seen).toHaveLength(1)
})

test("it is tried so often and no more", async () => {
  const { url, seen } = await serverSaying(restart)
  const api = createApi(token, { baseUrl: url, retry: { attempts: 4, maxDelay: 5 } })
  expect(await rejection(api.getMe())).toMatchObject({ errorCode: 500 })
  expect(seen).toHaveLength(4)
})

test.each<[string, RetryOptions | false]>([
  ["false", false],
  ["one attempt", { attempts: 1 }],
])("with %s it is tried once; also for one call alone", async (_, retry) => {
  const { url, seen } = await serverSaying(restart)
  await rejection(createApi(token, { baseUrl: url, retry }).getMe())
  expect(seen).toHaveLength(1)
  await rejection(createApi(token, { baseUrl: url }).getMe({}, { retry }))
  expect(seen).toHaveLength(2)
})

describe.each([
  ["the connection breaks off", cut],
  ["the server stops", restart],
])("when %s", (_, fault) => {
  test("a call that asks or sets is made again", async () => {
    const { url, seen } = await serverSaying(fault, ok("done"))
    expect(await createApi(token, { baseUrl: url, retry: { maxDelay: 5 } }).getMe()).toBe("done")
    expect(seen).toHaveLength(2)
  })

  test("a call that sends is not: it may have been carried out", async () => {
    const { url, seen } = await serverSaying(fault, ok())
    await rejection(createApi(token, { baseUrl: url, retry: { maxDelay: 5 } }).sendMessage({ chat_id: 1, text: "x" }))
    expect(seen).toHaveLength(1)
  })
})

test("a signal ends the wait for the next attempt", async () => {
  const { url } = await serverSaying(refused(429, "Too Many Requests: retry after 50", { retry_after: 50 }))
  const controller = new AbortController()
  const reason = new Error("enough")
  const call = rejection(createApi(token, { baseUrl: url }).getMe({}, { signal: controller.signal }))
  setTimeout(() => controller.abort(reason), 100)
  expect(await call).toBe(reason)
})

test.each([
  "getMe",
  "GETUPDATES",
  "setWebhook",
  "setMyCommands",
  "deleteWebhook",
  "answerCallbackQuery",
  "sendChatAction",
])("%s may be repeated when its outcome is not known", (method) => {
  expect(repeatDelay(method, new TelegramError(method, 502, "Bad Gateway"), 1, 10_000)).toBeGreaterThan(0)
})

test.each([
  "sendMessage",
  "editMessageText",
  "forwardMessage",
  "copyMessage",
  "setGameScore",
  "setChatPhoto",
  "answerWebAppQuery",
  "deleteMessage",
  "logOut",
])("%s may not", (method) => {
  expect(repeatDelay(method, new TelegramError(method, 502, "Bad Gateway"), 1, 10_000)).toBeUndefined()
})

test("what Telegram refused for good is not asked again, nor what is no error of a call", () => {
  expect(repeatDelay("getMe", new TelegramError("getMe", 400, "Bad Request"), 1, 10_000)).toBeUndefined()
  expect(repeatDelay("getMe", new TypeError("a bug"), 1, 10_000)).toBeUndefined()
})

test("waits double, with some chance, up to the longest", () => {
  const wait = (attempt: number) => repeatDelay("getMe", new TelegramError("getMe", 500, "x"), attempt, 3000) ?? 0
  for (const [attempt, longest] of [
    [1, 500],
    [2, 1000],
    [3, 2000],
    [4, 3000],
    [9, 3000],
  ] as const) {
    const waits = Array.from({ length: 50 }, () => wait(attempt))
    expect(Math.max(...waits)).toBeLessThanOrEqual(longest)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(longest / 2)
  }
})
