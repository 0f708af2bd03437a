import { beforeEach, expect, test } from "vitest"
import { type LaneKey, Lanes, Ticket } from "../../packages/core/src/lanes.ts"

const started: string[] = []

class Named extends Ticket {
  readonly name: string

  constructor(name: string, lane?: LaneKey) {
    super(lane)
    this.name = name
  }

  override start(): void {
    started.push(this.name)
  }
}

let lanes = new Lanes(10)

beforeEach(() => {
  started.length = 0
  lanes = new Lanes(10)
})

/** Enters and readies at once; says whether it has started. */
function go(ticket: Ticket): boolean {
  lanes.enter(ticket)
  return lanes.ready(ticket)
}

const microtasks = (): Promise<void> => Promise.resolve()

test("a ticket starts at once when its lane and a slot are free", () => {
  expect(go(new Named("a", 1))).toBe(true)
  expect(started).toEqual(["a"])
  expect([lanes.running, lanes.waiting]).toEqual([1, 0])
})

test("the next one of the lane starts when the one in front leaves, also from within itself", async () => {
  const a = new Named("a", 1)
  const b = new Named("b", 1)
  expect([go(a), go(b), go(new Named("c", 2))]).toEqual([true, false, true])
  expect([lanes.running, lanes.waiting]).toEqual([2, 1])
  lanes.leave(a)
  expect(started).toEqual(["a", "c"])
  await microtasks()
  expect(started).toEqual(["a", "c", "b"])
  expect([lanes.running, lanes.waiting]).toEqual([2, 0])
})

test("the order of a lane is that of entering, not of becoming ready", async () => {
  const [a, b, c] = [new Named("a", 1), new Named("b", 1), new Named("c", 1)]
  for (const ticket of [a, b, c]) lanes.enter(ticket)
  expect(lanes.ready(c)).toBe(false)
  expect(lanes.ready(b)).toBe(false)
  expect(started).toEqual([])
  expect(lanes.ready(a)).toBe(true)
  lanes.leave(a)
  await microtasks()
  expect(started).toEqual(["a", "b"])
  lanes.leave(b)
  await microtasks()
  expect(started).toEqual(["a", "b", "c"])
})

test("one that leaves while it waits lets those behind it move up", async () => {
  const [a, b, c, d] = [new Named("a", 1), new Named("b", 1), new Named("c", 1), new Named("d", 1)]
  for (const ticket of [a, b, c, d]) go(ticket)
  lanes.leave(b)
  lanes.leave(c)
  expect([lanes.running, lanes.waiting]).toEqual([1, 1])
  lanes.leave(a)
  await microtasks()
  expect(started).toEqual(["a", "d"])
})

test("one behind a ticket that was the last and left still waits for those in front", async () => {
  const [a, b, c] = [new Named("a", 1), new Named("b", 1), new Named("c", 1)]
  go(a)
  go(b)
  lanes.leave(b)
  expect(go(c)).toBe(false)
  expect(started).toEqual(["a"])
  lanes.leave(a)
  await microtasks()
  expect(started).toEqual(["a", "c"])
})

test("a head that leaves unready frees its lane", async () => {
  const [a, b] = [new Named("a", 1), new Named("b", 1)]
  lanes.enter(a)
  go(b)
  lanes.leave(a)
  await microtasks()
  expect(started).toEqual(["b"])
})

test("tickets without a lane do not wait for each other", () => {
  expect([go(new Named("a")), go(new Named("b"))]).toEqual([true, true])
})

test('the keys 1 and "1", 0 and the empty text are lanes of their own', () => {
  expect([go(new Named("a", 1)), go(new Named("b", "1")), go(new Named("c", 0)), go(new Named("d", ""))]).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect([go(new Named("e", 0)), go(new Named("f", ""))]).toEqual([false, false])
})

test("slots are given in the order of becoming ready to start", async () => {
  lanes = new Lanes(1)
  const [a, b, c] = [new Named("a", 1), new Named("b", 2), new Named("c")]
  expect([go(a), go(c), go(b)]).toEqual([true, false, false])
  lanes.leave(a)
  await microtasks()
  expect(started).toEqual(["a", "c"])
  lanes.leave(c)
  await microtasks()
  expect(started).toEqual(["a", "c", "b"])
})

test("a ticket that waits for a slot and leaves gets none", async () => {
  lanes = new Lanes(1)
  const [a, b, c] = [new Named("a", 1), new Named("b", 2), new Named("c", 3)]
  for (const ticket of [a, b, c]) go(ticket)
  lanes.leave(b)
  lanes.leave(a)
  await microtasks()
  expect(started).toEqual(["a", "c"])
  expect([lanes.running, lanes.waiting]).toEqual([1, 0])
})

test("leaving twice counts once", () => {
  const a = new Named("a", 1)
  go(a)
  lanes.leave(a)
  lanes.leave(a)
  expect([lanes.running, lanes.waiting]).toEqual([0, 0])
})

test("who comes back queues behind those that came meanwhile", async () => {
  const [a, b] = [new Named("a", 1), new Named("b", 1)]
  go(a)
  go(b)
  lanes.leave(a)
  expect(go(a)).toBe(false)
  await microtasks()
  expect(started).toEqual(["a", "b"])
  lanes.leave(b)
  await microtasks()
  expect(started).toEqual(["a", "b", "a"])
})

test("a lane is taken from entering to leaving; without a lane only slots count", async () => {
  lanes = new Lanes(2)
  const [a, b] = [new Named("a", 1), new Named("b", 2)]
  expect(lanes.isTaken(1)).toBe(false)
  lanes.enter(a)
  expect([lanes.isTaken(1), lanes.isTaken(2), lanes.isTaken(undefined)]).toEqual([true, false, false])
  lanes.ready(a)
  go(b)
  expect([lanes.isTaken(3), lanes.isTaken(undefined)]).toEqual([true, true])
  lanes.leave(a)
  expect([lanes.isTaken(1), lanes.isTaken(2), lanes.isTaken(undefined)]).toEqual([false, true, false])
})

test("a lane of 10 000 that all leave at once does not exhaust the stack", async () => {
  const tickets = Array.from({ length: 10_000 }, (_, index) => new Named(String(index), 1))
  for (const ticket of tickets) go(ticket)
  for (const ticket of tickets.toReversed()) lanes.leave(ticket)
  await microtasks()
  expect(started).toEqual(["0"])
  expect([lanes.running, lanes.waiting, lanes.isTaken(1)]).toEqual([0, 0, false])
})
