import type { Simulator } from "@hookgram/simulator"
import { expect, test } from "vitest"
import { OK, status } from "../support/receiver.ts"
import { deliveringTo, emitMessage, printTable, receiverFor, setWebhook, virtualTelegram } from "../support/telegram.ts"

/** Answers nothing, so that a connection is in use for the whole 60 s. */
const silence = (telegram: Simulator) => async () => {
  await telegram.sleep(3_600_000)
  return undefined
}

test("setting a webhook opens one connection at once, with nothing to send (facts, 2.5)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  await telegram.advance(0)
  await expect.poll(() => receiver.connections).toBe(1)
  expect(receiver.requests).toEqual([])
})

test("before the first success there is one connection, and one request at a time (facts, 2.5)", async () => {
  const { telegram, receiver } = await deliveringTo(async () => {
    await telegram.sleep(30_000)
    return OK
  })
  for (let id = 1; id <= 30; id++) emitMessage(telegram, id)
  await telegram.advance(29_000)
  expect(receiver.requests).toHaveLength(1)
  expect(receiver.connections).toBe(1)
  await telegram.advance(1000)
  // From the first 2xx on, ten more at once and then 20 per second.
  expect(receiver.requests.length).toBeGreaterThanOrEqual(10)
})

test("the two modes of opening connections (facts, 2.5)", async () => {
  const rows: { mode: string; second: number; connections: number }[] = []
  const count = async (mode: string, succeed: boolean, seconds: readonly number[]) => {
    const { telegram, receiver } = await deliveringTo(undefined, { max_connections: 100 })
    if (succeed) {
      emitMessage(telegram, 1)
      await telegram.settled()
    }
    receiver.answer = silence(telegram)
    for (let id = 1; id <= 90; id++) emitMessage(telegram, id)
    let now = 0
    for (const second of seconds) {
      await telegram.advance((second - now) * 1000)
      now = second
      rows.push({ mode, second, connections: receiver.connections })
    }
  }
  await count("pending", false, [0, 1, 59])
  await count("active", true, [0, 0.5, 1, 2, 3])
  printTable("Connections opened for 90 queues that are not answered, over time (facts, 2.5)", rows)
  expect(rows.map(({ connections }) => connections)).toEqual([1, 1, 1, 11, 21, 31, 51, 71])
})

test.each([
  [10_000, 5],
  [10_001, 1],
])("%i ms after the last success, the connections for 5 queues are %i (facts, 2.5)", async (wait, connections) => {
  const { telegram, receiver } = await deliveringTo(undefined)
  emitMessage(telegram, 1)
  await telegram.settled()
  await telegram.advance(wait)
  receiver.answer = silence(telegram)
  for (let id = 1; id <= 5; id++) emitMessage(telegram, id)
  await telegram.advance(10_000)
  expect(receiver.connections).toBe(connections)
})

test("when all is refused, one attempt is made every 2 s for the whole bot (facts, 2.5)", async () => {
  const receiver = await receiverFor()
  const telegram = await virtualTelegram()
  const { url } = receiver
  await receiver.close()
  await setWebhook(telegram, { url })
  for (let id = 1; id <= 50; id++) emitMessage(telegram, id)
  await telegram.advance(60_000)
  const times = telegram.deliveries.map(({ startedAt }) => startedAt)
  expect(times.length).toBeGreaterThanOrEqual(28)
  expect(times.length).toBeLessThanOrEqual(31)
  expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toEqual(new Set([2000]))
  expect(telegram.webhookInfo()).toMatchObject({ last_error_message: "Connection refused" })
})

test("without keep-alive, 20 deliveries per second are the most there can be (facts, 2.5)", async () => {
  const { telegram } = await deliveringTo(() => "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
  for (let id = 1; id <= 100; id++) emitMessage(telegram, id)
  await telegram.settled()
  const [first, last] = [telegram.deliveries[0]!, telegram.deliveries.at(-1)!]
  expect((last.startedAt - first.startedAt) / 1000).toBeGreaterThan(4)
  expect((last.startedAt - first.startedAt) / 1000).toBeLessThan(7)
  expect(telegram.deliveries.every(({ outcome }) => outcome === "delivered")).toBe(true)
})

test("connections are used in rotation, the one that is idle longest first (facts, 1.3)", async () => {
  const { telegram, receiver } = await deliveringTo(async () => {
    await telegram.sleep(100)
    return OK
  })
  emitMessage(telegram, 1)
  await telegram.settled()
  for (let id = 1; id <= 3; id++) emitMessage(telegram, id)
  await telegram.settled()
  const before = receiver.requests.length
  for (let round = 0; round < 6; round++) {
    emitMessage(telegram, 1)
    await telegram.settled()
  }
  const used = receiver.requests.slice(before).map(({ connection }) => connection)
  expect(new Set(used.slice(0, 3)).size).toBe(3)
  expect(used.slice(3)).toEqual(used.slice(0, 3))
})

test.each([0, 1])(
  "an idle connection is closed after 60 s, without an error, after %i deliveries (facts, 1.3 and 3.5)",
  async (count) => {
    const { telegram, receiver } = await deliveringTo(undefined)
    for (let sent = 0; sent < count; sent++) emitMessage(telegram)
    await telegram.settled()
    await expect.poll(() => receiver.open.size).toBe(1)
    await telegram.advance(59_999)
    expect(receiver.open.size).toBe(1)
    await telegram.advance(1)
    await expect.poll(() => receiver.open.size).toBe(0)
    expect(telegram.webhookInfo()).not.toHaveProperty("last_error_message")
  },
)

test("a receiver that closes after each answer, or in HTTP/1.0, has delivered all the same (facts, 1.3)", async () => {
  for (const answer of [
    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    "HTTP/1.0 200 OK\r\n\r\n",
    "HTTP/1.0 204 No Content\r\nConnection: keep-alive\r\n\r\n",
  ]) {
    const { telegram, receiver } = await deliveringTo(() => answer)
    emitMessage(telegram)
    await telegram.settled()
    expect(receiver.requests).toHaveLength(1)
    // After a success at least one is wanted: another is opened in place of one that was closed.
    await expect.poll(() => receiver.connections).toBe(answer.includes("keep-alive") ? 1 : 2)
  }
})

test("max_connections is the most there are (facts, 2.4)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined, { max_connections: 3 })
  emitMessage(telegram, 1)
  await telegram.settled()
  receiver.answer = silence(telegram)
  for (let id = 1; id <= 20; id++) emitMessage(telegram, id)
  await telegram.advance(5000)
  expect(receiver.connections).toBe(3)
})

test("a webhook that is set again cuts what is in flight, and delivers it again from the first attempt (facts, 5.4)", async () => {
  const { telegram, receiver } = await deliveringTo(() => status(500))
  emitMessage(telegram)
  await telegram.advance(3000)
  receiver.answer = silence(telegram)
  await telegram.advance(4000)
  const second = await receiverFor()
  await setWebhook(telegram, { url: second.url })
  await telegram.settled()
  await expect.poll(() => receiver.open.size).toBe(0)
  const outcomes = telegram.deliveries.map(({ outcome, attempt }) => `${outcome} ${attempt}`)
  expect(outcomes).toEqual(["failed 1", "failed 2", "failed 3", "cut 4", "delivered 1"])
  expect(second.requests).toHaveLength(1)
})
