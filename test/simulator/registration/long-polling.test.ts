import { expect, test } from "vitest"
import { Parameters } from "../../../packages/simulator/src/api/parameters.ts"
import { isSettled, said, START, startServer } from "./server.ts"

const EVICTED = "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

test.each([
  [0, 0],
  [-1, 0],
  [1, 1],
  [50, 50],
  [51, 50],
  ["long", 0],
])("with timeout %j an empty answer comes after %d s (facts, 7.1)", async (timeout, seconds) => {
  const { call, clock } = startServer()
  const poll = call("getUpdates", { timeout })
  if (seconds > 0) {
    await clock.advance(seconds * 1000 - 1)
    expect(await isSettled(poll)).toBe(false)
    await clock.advance(1)
  }
  expect(await isSettled(poll)).toBe(true)
  expect(await poll).toEqual({ ok: true, result: [] })
})

test("what is pending is answered at once, whatever the timeout (facts, 7.2)", async () => {
  const { call, message } = startServer()
  const id = message()
  expect(await call("getUpdates", { timeout: 50 })).toMatchObject({ result: [{ update_id: id }] })
})

test("an update is answered 1 ms after it came, neighbours together, all within 2 ms of the first (facts, 7.2)", async () => {
  const { call, clock, message } = startServer()
  const ids = (poll: { result?: unknown }) => (poll.result as { update_id: number }[]).map(({ update_id }) => update_id)
  const alone = call("getUpdates", { timeout: 50 })
  await clock.advance(10_000)
  const first = message()
  expect(await isSettled(alone)).toBe(false)
  await clock.advance(1)
  expect(ids(await alone)).toEqual([first])
  await clock.advance(3000)
  const close = call("getUpdates", { timeout: 50, offset: first + 1 })
  for (const step of [0.6, 0.6, 0.6]) {
    message()
    await clock.advance(step)
  }
  expect(await isSettled(close)).toBe(false)
  message()
  await clock.advance(0.2)
  expect(ids(await close)).toEqual([first + 1, first + 2, first + 3, first + 4])
})

test("an update just before the timeout does not put the answer off (facts, 7.2)", async () => {
  const { call, clock, message } = startServer()
  const poll = call("getUpdates", { timeout: 5 })
  await clock.advance(4999.5)
  const id = message()
  await clock.advance(0.5)
  expect(await poll).toMatchObject({ result: [{ update_id: id }] })
  expect(clock.now()).toBe(START + 5000)
})

test("the limit holds for a call that waited (facts, 7.1)", async () => {
  const { call, clock, message } = startServer()
  const poll = call("getUpdates", { timeout: 5, limit: 2 })
  for (let count = 0; count < 5; count++) message()
  await clock.advance(2)
  expect((await poll).result).toHaveLength(2)
})

test("an offset above the next id confirms what comes below it while the call waits (facts, 7.1)", async () => {
  const { call, clock, message, bot } = startServer()
  const poll = call("getUpdates", { timeout: 5, offset: bot.updates.nextId + 1 })
  message()
  const second = message()
  await clock.advance(2)
  expect(await poll).toMatchObject({ result: [{ update_id: second }] })
  expect(bot.updates.size).toBe(1)
})

test("an offset below 0 forgets nothing of what comes while the call waits (facts, 7.1)", async () => {
  const { call, clock, message } = startServer()
  const poll = call("getUpdates", { timeout: 5, offset: -1 })
  message()
  message()
  await clock.advance(2)
  expect((await poll).result).toHaveLength(2)
})

test("a second call that waits ends the first (facts, 7.2 and 7.3)", async () => {
  const { call, clock } = startServer()
  const first = call("getUpdates", { timeout: 50 })
  const second = call("getUpdates", { timeout: 50 })
  expect(said(await first)).toBe(EVICTED)
  await clock.advance(50_000)
  expect(await second).toEqual({ ok: true, result: [] })
})

test("the conflict is held back for 3 s when there was one in the last 3 s (facts, 7.3)", async () => {
  const { call, clock } = startServer()
  const polls = [1, 2, 3].map((offset) => call("getUpdates", { timeout: 50, offset }))
  const [first, second, third] = polls as [Promise<never>, Promise<never>, Promise<never>]
  expect(said(await first)).toBe(EVICTED)
  await clock.advance(2999)
  expect(await isSettled(second)).toBe(false)
  await clock.advance(1)
  expect(said(await second)).toBe(EVICTED)
  expect(await isSettled(third)).toBe(false)
})

test("a call with timeout 0 ends nothing, unless it follows so fast that it has to wait (facts, 7.2)", async () => {
  const { call, clock } = startServer()
  const waiting = call("getUpdates", { timeout: 50, offset: 1 })
  expect(await call("getUpdates", { offset: 2 })).toEqual({ ok: true, result: [] })
  expect(await isSettled(waiting)).toBe(false)
  await clock.advance(2999)
  void call("getUpdates", { offset: 2 })
  expect(said(await waiting)).toBe(EVICTED)
})

test("a caller that went away waits no more, and takes nothing with it", async () => {
  const { bot, call, clock, message } = startServer()
  const gone = new AbortController()
  const poll = bot.polling.get(new Parameters(new Map([["timeout", "50"]])), gone.signal)
  gone.abort()
  await poll
  const id = message()
  await clock.advance(3000)
  expect(await call("getUpdates")).toMatchObject({ result: [{ update_id: id }] })
})
