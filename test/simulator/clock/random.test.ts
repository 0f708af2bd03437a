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

test("chance of its own depends on the seed and its numbers, and on nothing else", () => {
  const draw = (random: Random, ...numbers: number[]) => random.of(...numbers).next()
  const random = new Random(7)
  const first = draw(random, 1, 2)
  random.next()
  expect(draw(random, 1, 2)).toBe(first)
  expect(
    new Set([first, draw(random, 2, 1), draw(random, 1), draw(random, 1, 3), draw(new Random(8), 1, 2)]).size,
  ).toBe(5)
  const seen = new Set(Array.from({ length: 2000 }, (_, number) => random.of(1_000_000 + number, 6).integer(60, 120)))
  expect(seen.size).toBe(61)
})

test("a text has the length that is asked for, of letters, digits, - and _", () => {
  expect(new Random(1).text(500)).toMatch(/^[\w-]{500}$/)
})
