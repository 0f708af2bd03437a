import { expect, test } from "vitest"
import { OK, status } from "../support/receiver.ts"
import { deliveringTo, emit, emitMessage, printTable } from "../support/telegram.ts"

const kindOfLifetime = { 30: "inline_query", 150: "callback_query", 600: "chosen_inline_result", 86_400: "poll" }

test("the waits between attempts (facts, 3.2)", async () => {
  const waits: number[][] = Array.from({ length: 12 }, () => [])
  for (let seed = 1; seed <= 20; seed++) {
    const { telegram } = await deliveringTo(() => status(500), {}, { seed })
    emit(telegram, "chosen_inline_result", { from: { id: 7 } })
    await telegram.settled()
    for (const { attempt, startedAt, retryAt } of telegram.deliveries) {
      if (retryAt !== undefined) waits[attempt - 1]?.push((retryAt - startedAt) / 1000)
    }
  }
  const rows = waits.map((seen, index) => ({ failure: index + 1, least: Math.min(...seen), most: Math.max(...seen) }))
  printTable("Waits before the next attempt, in seconds, over 20 seeds (facts, 3.2)", rows)
  expect(rows.slice(0, 6).map(({ least, most }) => [least, most])).toEqual([
    [0, 0],
    [2, 2],
    [4, 4],
    [8, 8],
    [16, 16],
    [32, 32],
  ])
  expect(rows[6]?.least).toBeGreaterThanOrEqual(60)
  expect(rows[6]?.most).toBe(64)
  const later = waits.slice(7).flat()
  expect(later.every((wait) => Number.isInteger(wait) && wait >= 60 && wait <= 120)).toBe(true)
  expect(Math.max(...later) - Math.min(...later)).toBeGreaterThan(40)
})

test("with a receiver that fails at once, attempts are at 0, 0, 2, 6, 14, 30, 62 s and then 122 to 126 s (facts, 3.2)", async () => {
  const { telegram, since } = await deliveringTo(() => status(500))
  emitMessage(telegram)
  await telegram.advance(130_000)
  const times = telegram.deliveries.map(({ startedAt }) => since(startedAt))
  expect(times.slice(0, 7)).toEqual([0, 0, 2, 6, 14, 30, 62])
  expect(times[7]).toBeGreaterThanOrEqual(122)
  expect(times[7]).toBeLessThanOrEqual(126)
})

test("the number of attempts before an update is dropped, by its lifetime (facts, 3.2 and 3.4)", async () => {
  const expected: Record<string, readonly [number, number]> = {
    30: [5, 6],
    150: [8, 8],
    600: [12, 14],
    86_400: [940, 990],
  }
  const rows: { lifetime: string; kind: string; attempts: number }[] = []
  for (const [lifetime, kind] of Object.entries(kindOfLifetime)) {
    const { telegram } = await deliveringTo(() => status(500))
    emit(telegram, kind, { id: "5", from: { id: 7 } })
    await telegram.settled(86_460_000)
    const last = telegram.deliveries.at(-1)!
    expect(last.outcome).toBe("dropped")
    expect(telegram.webhookInfo().pending_update_count).toBe(0)
    rows.push({ lifetime, kind, attempts: telegram.deliveries.length })
  }
  printTable("Attempts before drop (facts, 3.2)", rows)
  for (const { lifetime, attempts } of rows) {
    const [least = 0, most = 0] = expected[lifetime] ?? []
    expect(attempts, lifetime).toBeGreaterThanOrEqual(least)
    expect(attempts, lifetime).toBeLessThanOrEqual(most)
  }
})

test("an attempt may be made in the very second in which the lifetime ends, and not after it (facts, 3.2)", async () => {
  const { telegram, since } = await deliveringTo(() => status(500))
  emit(telegram, "inline_query", { id: "1", from: { id: 7 } })
  await telegram.settled()
  expect(telegram.deliveries.map(({ startedAt }) => since(startedAt))).toEqual([0, 0, 2, 6, 14, 30])
})

const retryAfters: readonly [header: string, wait: number][] = [
  ["Retry-After: 7\r\n", 7],
  ["retry-after: 3600\r\n", 3600],
  ["Retry-After: 9999\r\n", 3600],
  ["Retry-After: 0\r\n", 0],
  ["Retry-After: -5\r\n", 0],
  ["Retry-After: 1.5\r\n", 0],
  ["Retry-After: +5\r\n", 0],
  ["Retry-After: 05\r\n", 0],
  ["Retry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n", 0],
]

test.each(retryAfters)("%j makes the first retry wait %i s, whatever the status (facts, 3.3)", async (header, wait) => {
  for (const code of [302, 404, 429, 503]) {
    const { telegram } = await deliveringTo(() => status(code, header))
    emitMessage(telegram)
    await telegram.advance(0)
    const [first = expect.fail("nothing was sent")] = telegram.deliveries
    expect(first).toMatchObject({ status: code, outcome: "failed" })
    expect((first.retryAt! - first.startedAt) / 1000).toBe(wait)
  }
})

test("a Retry-After replaces a wait, and does not change the next one (facts, 3.2)", async () => {
  let answers = 0
  const { telegram, since } = await deliveringTo(() => status(503, ++answers === 3 ? "Retry-After: 50\r\n" : ""))
  emitMessage(telegram)
  await telegram.advance(70_000)
  expect(telegram.deliveries.map(({ startedAt }) => since(startedAt))).toEqual([0, 0, 2, 52, 56, 64])
})

test("a Retry-After beyond the lifetime drops the update at once (facts, 3.3)", async () => {
  const { telegram } = await deliveringTo(() => status(429, "Retry-After: 60\r\n"))
  emit(telegram, "inline_query", { id: "1", from: { id: 7 } })
  await telegram.settled(0)
  expect(telegram.deliveries).toMatchObject([{ outcome: "dropped", status: 429 }])
})

test("a wait holds back its own queue only, and its followers wait behind it (facts, 3.2)", async () => {
  const { telegram, receiver } = await deliveringTo(({ body }) => (body.includes('"bad"') ? status(500) : OK))
  emitMessage(telegram, 1, "good")
  emitMessage(telegram, 7, "bad")
  emitMessage(telegram, 7, "behind")
  emitMessage(telegram, 8, "elsewhere")
  await telegram.advance(20_000)
  const texts = receiver.requests.map(({ body }) => /"text":"(\w+)"/.exec(body)?.[1])
  expect(texts.filter((text) => text !== "bad")).toEqual(["good", "elsewhere"])
  receiver.answer = () => OK
  await telegram.settled()
  expect(/"text":"(\w+)"/.exec(receiver.requests.at(-1)!.body)?.[1]).toBe("behind")
})
