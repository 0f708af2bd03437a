import { expect, test } from "vitest"
import { Random } from "../../../packages/simulator/src/random.ts"

test("the same seed gives the same sequence, another one another", () => {
  const sequence = (seed: number) => {
    const random = new Random(seed)
    return [random.next(), random.integer(1, 1_000_000), random.text(20)]
  }
  expect(sequence(7)).toEqual(sequence(7))
  expect(sequence(7)).not.toEqual(sequence(8))
})

test("whole numbers are from the first to the last, both included, and all of them come", () => {
  const random = new Random(1)
  const seen = new Set(Array.from({ length: 2000 }, () => random.integer(60, 120)))
  expect(seen.size).toBe(61)
  expect([Math.min(...seen), Math.max(...seen)]).toEqual([60, 120])
})

test("a text has the length that is asked for, of letters, digits, - and _", () => {
  expect(new Random(1).text(500)).toMatch(/^[\w-]{500}$/)
})
