import * as fc from "fast-check"
import { expect, test } from "vitest"
import { IdSet } from "../../packages/core/src/id-set.ts"

/** Ids as they come: in sequences, which may overlap in their low bits, and now and then any number. */
const ids = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(0, 1, 2 ** 20, 2 ** 31 - 50, 2 ** 32, 2 ** 53 - 2000), fc.nat(1500))
        .map(([first, count]) => Array.from({ length: count }, (_, index) => first + index)),
      fc.maxSafeNat().map((id) => [id]),
    ),
    { maxLength: 8 },
  )
  .map((sequences) => sequences.flat())

test("it has what was added and nothing else, whatever the ids", () => {
  fc.assert(
    fc.property(ids, fc.array(fc.maxSafeNat()), (added, others) => {
      const set = new IdSet()
      const model = new Set<number>()
      for (const id of added) {
        set.add(id)
        model.add(id)
      }
      const asked = [...added, ...others, ...added.map((each) => each + 1)]
      expect(set.size).toBe(model.size)
      expect(asked.filter((id) => set.has(id) !== model.has(id))).toEqual([])
    }),
    { numRuns: 50 },
  )
})
