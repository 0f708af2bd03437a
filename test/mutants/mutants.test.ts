import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { suites } from "./suites.ts"

const root = new URL("../../", import.meta.url)
const mutants = Object.values(suites).flatMap((suite) => suite.mutants)

test.each(mutants)("there is one place to break for: $name", ({ file, find }) => {
  expect(readFileSync(new URL(file, root), "utf8").split(find)).toHaveLength(2)
})
