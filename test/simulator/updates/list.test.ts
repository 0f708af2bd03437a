import { expect, test } from "vitest"
import type { Timer } from "../../../packages/simulator/src/clock/clock.ts"
import { VirtualClock } from "../../../packages/simulator/src/clock/virtual.ts"
import { Random } from "../../../packages/simulator/src/random.ts"
import { UpdateList } from "../../../packages/simulator/src/updates/list.ts"

const START = Date.UTC(2026, 0, 1)
const NOW = START / 1000

/** A list in a time that stands still, begun together with its server. */
function listOf(seed = 1): {
  list: UpdateList
  clock: VirtualClock
  add: (lifetime?: number, text?: string) => number | undefined
} {
  const clock = new VirtualClock(START, 20)
  const list = new UpdateList(clock, new Random(seed))
  const add = (lifetime = 86_400, text = "{}") =>
    list.add({ kind: "message", text, key: 5, expires: Math.floor(clock.now() / 1000) + lifetime })
  return { list, clock, add }
}

/** A list whose chance falls where the test wants it. */
function listFrom(fraction: number): UpdateList {
  const random = new Random(1)
  random.next = () => fraction
  return new UpdateList(new VirtualClock(START, 20), random)
}

test("the first id is random, from 2 000 001 to 1 000 000 000 (facts, 7.4)", () => {
  expect(listFrom(0).nextId).toBe(2_000_001)
  expect(listFrom(1 - 2 ** -32).nextId).toBe(1_000_000_000)
  expect(listOf(1).list.nextId).not.toBe(listOf(2).list.nextId)
  expect(listOf(1).list.nextId).toBe(listOf(1).list.nextId)
})

test("each next id is one more, also when the list was empty in between (facts, 7.4)", () => {
  const { list, add } = listOf()
  const first = add() as number
  expect(add()).toBe(first + 1)
  list.forget(first)
  list.forget(first + 1)
  expect(list.size).toBe(0)
  expect(add()).toBe(first + 2)
  list.clear()
  expect(add()).toBe(first + 3)
})

test("short of 2 000 000 000 the list is emptied, and ids begin anew at random (facts, 7.4)", () => {
  const random = new Random(1)
  const update = { kind: "message", text: "{}", key: 5, expires: NOW + 60 }
  const firsts = [1_999_999_997, 7_000_000]
  random.integer = () => firsts.shift() ?? Number.NaN
  const list = new UpdateList(new VirtualClock(START, 20), random)
  expect([list.add(update), list.add(update)]).toEqual([1_999_999_997, 1_999_999_998])
  expect(list.add(update)).toBe(7_000_000)
  expect(list.from(0, 100).map(({ id }) => id)).toEqual([7_000_000])
  expect(list.size).toBe(1)
})

test("100 000 updates are kept; when they are, a new one is lost and the old ones stay (facts, 7.4)", () => {
  const { list, add } = listOf()
  const first = add() as number
  for (let count = 1; count < 100_000; count++) add()
  expect(list.size).toBe(100_000)
  expect(add()).toBeUndefined()
  expect(list.headId).toBe(first)
  expect(list.nextId).toBe(first + 100_000)
  list.forget(first)
  expect(add()).toBe(first + 100_000)
})

test("134 217 728 bytes are kept, in updates of 524 288 at most; what is over is lost, and uses up no id (facts, 1.2 and 7.4)", () => {
  const { list, add } = listOf()
  const largest = "x".repeat(524_288 - '"message":'.length)
  expect(add(60, `${largest}x`)).toBeUndefined()
  const first = add(60, largest) as number
  for (let count = 1; count < 256; count++) expect(add(60, largest)).toBe(first + count)
  expect(add(60, "1")).toBeUndefined()
  list.forget(first)
  expect(add(60, largest)).toBe(first + 256)
})

test("what is too old when it comes is never stored, and uses up no id (facts, 7.4)", () => {
  const { list, add } = listOf()
  const next = list.nextId
  expect(add(0)).toBeUndefined()
  expect(add(-1)).toBeUndefined()
  expect(add(1)).toBe(next)
})

test("what has expired is discarded when it is read, at the whole second after its last (facts, 3.4)", async () => {
  const { list, clock, add } = listOf()
  const ids = [add(30), add(150), add(30), add(600)]
  await clock.advance(30_999)
  expect(list.from(0, 100).map(({ id }) => id)).toEqual(ids)
  await clock.advance(1)
  expect(list.size).toBe(4)
  expect(list.from(0, 100).map(({ id }) => id)).toEqual([ids[1], ids[3]])
  expect(list.size).toBe(2)
})

test("what nobody reads is swept away at a pass of the server: the first 600 s after its start, then each 60 s (facts, 3.4)", async () => {
  const { list, clock, add } = listOf()
  add(30)
  await clock.advance(599_999)
  expect(list.size).toBe(1)
  await clock.advance(1)
  expect(list.size).toBe(0)
  await clock.advance(30_000)
  add(30)
  // It has expired 31 s later, in the second after the pass of 660 s.
  await clock.advance(89_999)
  expect(list.size).toBe(1)
  await clock.advance(1)
  expect(list.size).toBe(0)
})

test("a pass stops at the second update that lives: pending_update_count may count expired ones behind it (facts, 6.1)", async () => {
  const { list, clock, add } = listOf()
  add(30)
  add(86_400)
  add(30)
  const kept = [add(86_400), add(30)]
  await clock.advance(3_600_000)
  expect(list.size).toBe(3)
  expect(list.from(kept[0] as number, 10).map(({ id }) => id)).toEqual([kept[0]])
  await clock.advance(86_400_000)
  expect(list.size).toBe(0)
})

test("an update has one timer in all its time, and an empty list none", async () => {
  class CountingClock extends VirtualClock {
    timers = 0
    override after(milliseconds: number, callback: () => void): Timer {
      this.timers++
      return super.after(milliseconds, callback)
    }
  }
  const clock = new CountingClock(START, 20)
  const list = new UpdateList(clock, new Random(1))
  expect(clock.timers).toBe(0)
  list.add({ kind: "message", text: "{}", key: 5, expires: NOW + 86_400 })
  await clock.advance(7 * 86_400_000)
  expect(list.size).toBe(0)
  expect(clock.timers).toBe(1)
})

test("updates are read from an id on, in the order of their ids, over the gaps that were forgotten (facts, 2.1)", () => {
  const { list, add } = listOf()
  const first = add() as number
  for (let count = 1; count < 10; count++) add()
  for (const gap of [0, 1, 4, 5, 9]) list.forget(first + gap)
  const read = (from: number, limit: number) => list.from(from, limit).map(({ id }) => id - first)
  expect(read(0, 100)).toEqual([2, 3, 6, 7, 8])
  expect(read(first + 4, 2)).toEqual([6, 7])
  expect(read(first + 9, 100)).toEqual([])
  expect(list.headId).toBe(first + 2)
})

test("all below an id are forgotten, or all but the newest (facts, 7.1)", () => {
  const { list, add } = listOf()
  const first = add() as number
  for (let count = 1; count < 10; count++) add()
  list.forgetBefore(first + 3)
  expect(list.from(0, 100).map(({ id }) => id - first)).toEqual([3, 4, 5, 6, 7, 8, 9])
  list.keepNewest(2)
  expect(list.from(0, 100).map(({ id }) => id - first)).toEqual([8, 9])
  list.keepNewest(5)
  expect(list.size).toBe(2)
  list.forgetBefore(first + 1000)
  expect([list.size, list.headId, list.nextId]).toEqual([0, first + 10, first + 10])
})
