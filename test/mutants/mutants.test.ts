import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { mutants } from "./mutants.ts"
import { simulatorMutants } from "./simulator.ts"

const root = new URL("../../", import.meta.url)

test.each([...mutants, ...simulatorMutants])("there is one place to break for: $name", ({ file, find }) => {
  expect(readFileSync(new URL(file, root), "utf8").split(find)).toHaveLength(2)
})
