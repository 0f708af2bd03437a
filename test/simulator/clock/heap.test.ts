import { expect, test } from "vitest"
import { Heap } from "../../../packages/simulator/src/heap.ts"
import { Random } from "../../../packages/simulator/src/random.ts"

test.each([1, 2, 3])("whatever is added and taken, the least is taken first (seed %d)", (seed) => {
  const random = new Random(seed)
  const heap = new Heap<number>((one, other) => one < other)
  const model: number[] = []
  for (let step = 0; step < 5000; step++) {
    if (random.next() < 0.55) {
      const item = random.integer(0, 500)
      heap.add(item)
      model.push(item)
      model.sort((one, other) => one - other)
    } else expect(heap.take()).toBe(model.shift())
    expect(heap.least).toBe(model[0])
    expect(heap.size).toBe(model.length)
  }
})

test("a heap that was cleared is empty", () => {
  const heap = new Heap<number>((one, other) => one < other)
  heap.add(1)
  heap.clear()
  expect([heap.size, heap.least, heap.take()]).toEqual([0, undefined, undefined])
})
