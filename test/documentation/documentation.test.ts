/*
 * Every block of code in a Markdown file of the workspace, and every `@example` of a doc comment, is checked:
 *
 * | block | what happens |
 * | --- | --- |
 * | `ts`, `js` with `.listen(` | type-checked, and run as a program that real deliveries are posted to |
 * | `ts`, `js` without it, or with a Telegram of its own | type-checked, and run to its end, which must be a good one |
 * | `@example`, excerpts in the documents named in surroundings.ts | type-checked; what they take for granted is declared there |
 * | `sh`, `bash` | each command is known here, and the scripts, packages and files it names exist |
 * | `json` | parsed |
 * | `text`, `http` | not checked, for the reasons in check.ts |
 * | any other language, or none | fails |
 *
 * A block is a whole module: it imports and declares all that it uses, and reads what differs from one deployment to the
 * next from `SECRET_TOKEN`, `BOT_TOKEN` and `PORT`. A program may listen on any port; it is given a free one. A comment
 * right above a block says what else there is to know:
 *
 *   <!-- run: echo -->            the scenario of scenarios.ts to run it by; without it, a program is run by `delivery`:
 *                                 a webhook at /telegram
 *   <!-- check only: reason -->   type-checked and not run
 *   <!-- from: path -->           whole lines of a file of the workspace, in any language; the file has tests of its own
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { allBlocks, type Block } from "./blocks.ts"
import { plainErrors, scenarioOf, treatmentOf } from "./check.ts"
import { Modules } from "./modules.ts"
import { loadAll, runProgram, scenarios } from "./scenarios.ts"

const blocks = allBlocks().map((block) => ({
  ...block,
  name: `${block.file}:${block.line}`,
  treatment: treatmentOf(block),
}))
const programs = blocks.filter(({ treatment }) => treatment === "run")
const loaded = blocks.filter(({ treatment }) => treatment === "load")
const compiled = [...programs, ...loaded, ...blocks.filter(({ treatment }) => treatment === "type-check")]
const plain = blocks.filter((block) => !compiled.includes(block))

describe("documentation", () => {
  let modules: Modules
  let errors: Map<Block, string[]>
  let failures: Map<string, string | null>

  beforeAll(async () => {
    modules = new Modules(compiled)
    errors = await modules.typeErrors()
    failures = await loadAll(loaded.map((block) => modules.path(block)))
  }, 60_000)

  afterAll(() => modules.remove())

  test("has blocks", () => {
    expect(blocks.some(({ file, treatment }) => file === "README.md" && treatment === "run")).toBe(true)
    expect(blocks.some(({ treatment }) => treatment === "type-check")).toBe(true)
  })

  test.each(compiled)("$name has the right types", (block) => {
    expect(errors.get(block)).toEqual([])
  })

  test.each(plain)("$name ($language)", (block) => {
    expect(plainErrors(block)).toEqual([])
  })

  test.each(programs)(
    "$name works",
    async (block) => {
      const scenario = scenarios[scenarioOf(block)]
      if (!scenario) throw new Error(`There is no scenario ${scenarioOf(block)}`)
      await runProgram(modules.path(block), scenario)
    },
    20_000,
  )

  test.each(loaded)("$name runs to its end", (block) => {
    expect(failures.get(modules.path(block))).toBeNull()
  })
})
