import { expect, test } from "vitest"
import { isSettled, said, type Server, startServer, URL_A } from "./server.ts"

/** So many stored updates, and what a call with an offset relative to the first of them returns. */
function stored(count: number): Server & { first: number; get: (offset: number, more?: object) => Promise<number[]> } {
  const server = startServer()
  const first = server.message()
  for (let index = 1; index < count; index++) server.message()
  return {
    ...server,
    first,
    async get(offset, more = {}) {
      // Not so soon after the last one that it would be taken for a repetition.
      await server.clock.advance(3000)
      const { result } = await server.call("getUpdates", { offset, ...more })
      return (result as { update_id: number }[]).map(({ update_id }) => update_id - first)
    },
  }
}

test("an offset confirms all before it, and returns the rest (facts, 7.1)", async () => {
  const { get, first, bot } = stored(5)
  expect(await get(first + 2)).toEqual([2, 3, 4])
  expect(bot.updates.size).toBe(3)
  expect(await get(0)).toEqual([2, 3, 4])
  expect(await get(first)).toEqual([2, 3, 4])
})

test("without an offset nothing is confirmed (facts, 7.1)", async () => {
  const { get } = stored(3)
  expect(await get(0)).toEqual([0, 1, 2])
  expect(await get(0)).toEqual([0, 1, 2])
})

test("an offset below 0 keeps the newest so many (facts, 7.1)", async () => {
  const { get, bot } = stored(5)
  expect(await get(-2)).toEqual([3, 4])
  expect(bot.updates.size).toBe(2)
  expect(await get(-100)).toEqual([3, 4])
})

test("an offset up to 10 above the next id confirms all, a greater one nothing (facts, 7.1)", async () => {
  const far = stored(3)
  expect(await far.get(far.first + 3 + 11)).toEqual([0, 1, 2])
  expect(await far.get(far.first + 3 + 10)).toEqual([])
  expect(far.bot.updates.size).toBe(0)
})

test("an offset far below the oldest confirms nothing, as does one near below it (facts, 7.1)", async () => {
  const { get, first } = stored(3)
  expect(await get(first - 100_001)).toEqual([0, 1, 2])
  expect(await get(first - 100_000)).toEqual([0, 1, 2])
  expect(await get(1)).toEqual([0, 1, 2])
})

test("an offset is a number of 32 bits (facts, 7.1)", async () => {
  const { get, first, bot } = stored(3)
  expect(await get(2 ** 32 + first + 1)).toEqual([1, 2])
  expect(await get(2 ** 32 - 1)).toEqual([2])
  expect(bot.updates.size).toBe(1)
})

test.each([
  [undefined, 100],
  [7, 7],
  [0, 1],
  [-1, 1],
  [101, 100],
  ["many", 1],
  ["", 100],
])("the limit %j returns %d of 150 (facts, 7.1)", async (limit, length) => {
  const { get } = stored(150)
  expect(await get(0, { limit })).toHaveLength(length)
})

test("an update is sent as a webhook sends it (facts, 1.2)", async () => {
  const { callForText, bot } = startServer()
  const id = bot.emit("inline_query", { id: "1", from: { id: 5 }, query: "ñ/😀" })
  expect(await callForText("getUpdates")).toBe(
    `{"ok":true,"result":[{"update_id":${id},\n"inline_query":{"id":"1","from":{"id":5},"query":"\\u00f1/\\ud83d\\ude00"}}]}`,
  )
})

test("a result stays below 4 MiB, each update counted with 50 bytes more; the rest comes with the next call (facts, 7.1)", async () => {
  const { bot, call, clock } = startServer()
  // Eight of them, with 50 bytes each, are 4 MiB: one too many. A byte less, and they fit.
  const size = (4 * 1024 * 1024) / 8 - 50
  const emit = (length: number) =>
    bot.emit("custom_event", { x: "x".repeat(length - '"custom_event":{"x":""}'.length) })
  for (let count = 0; count < 9; count++) emit(size)
  expect((await call("getUpdates")).result).toHaveLength(7)
  const seventh = bot.updates.headId + 7
  await clock.advance(3000)
  expect((await call("getUpdates", { offset: seventh })).result).toHaveLength(2)
  bot.updates.clear()
  for (let count = 0; count < 7; count++) emit(size)
  emit(size - 1)
  await clock.advance(3000)
  expect((await call("getUpdates")).result).toHaveLength(8)
})

test("expired updates are skipped, and forgotten (facts, 7.1)", async () => {
  const { bot, clock, call, message } = startServer()
  bot.emit("inline_query", { id: "1", from: { id: 5 } })
  const id = message()
  await clock.advance(31_000)
  expect((await call("getUpdates", { limit: 1 })).result).toMatchObject([{ update_id: id }])
  expect(bot.updates.size).toBe(1)
})

test("the same offset within half a second returns one update; within 3 s it waits for 3 s at least (facts, 7.2)", async () => {
  const { call, clock, first, bot } = stored(3)
  const count = async (offset: number) => ((await call("getUpdates", { offset })).result as unknown[]).length
  expect(await count(first)).toBe(3)
  await clock.advance(499)
  expect(await count(first)).toBe(1)
  await clock.advance(499)
  expect(await count(first + 1)).toBe(2)
  await clock.advance(500)
  expect(await count(first + 1)).toBe(2)
  bot.updates.clear()
  await clock.advance(2999)
  const start = clock.now()
  const repeated = call("getUpdates", { offset: first + 1 })
  expect(await isSettled(repeated)).toBe(false)
  await clock.advance(2999)
  expect(await isSettled(repeated)).toBe(false)
  await clock.advance(1)
  expect(await repeated).toEqual({ ok: true, result: [] })
  expect(clock.now() - start).toBe(3000)
  expect(await isSettled(call("getUpdates", { offset: first + 1 }))).toBe(true)
})

test("with a webhook it is a conflict, at once; within 3 s of another, after 3 s (facts, 7.3)", async () => {
  const { call, clock } = startServer()
  await call("setWebhook", { url: URL_A })
  const conflict =
    "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
  expect(said(await call("getUpdates"))).toBe(conflict)
  await clock.advance(2999)
  const [second, third] = [call("getUpdates"), call("getUpdates")]
  await clock.advance(1)
  // A conflict that is held back does not hold back others: 3 s after the first it is told of at once again.
  expect(said(await call("getUpdates"))).toBe(conflict)
  expect(await isSettled(second)).toBe(false)
  await clock.advance(2998)
  expect(await isSettled(second)).toBe(false)
  await clock.advance(1)
  expect(said(await second)).toBe(conflict)
  expect(said(await third)).toBe(conflict)
})

test("a call in conflict changes neither what is allowed nor what is stored (facts, 7.3)", async () => {
  const { call, bot, message } = startServer()
  await call("setWebhook", { url: URL_A })
  message()
  await call("getUpdates", { allowed_updates: ["poll"], offset: -1 })
  message()
  expect(bot.updates.size).toBe(2)
})
