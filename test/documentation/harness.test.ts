import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Block, exampleBlocks, markdownBlocks } from "./blocks.ts"
import { plainErrors, scenarioOf, treatmentOf } from "./check.ts"
import { Modules } from "./modules.ts"
import { loadAll, runProgram, scenarios } from "./scenarios.ts"

const blocks = markdownBlocks("sample.md", readFileSync(new URL("sample.md", import.meta.url), "utf8"))
const [echo, open, loaded, mistyped, unrun, shell, json, badJson, text, plain, python] = blocks as [Block, ...Block[]] &
  Record<number, Block>

describe("what documentation.test.ts rests on", () => {
  let modules: Modules

  beforeAll(() => {
    modules = new Modules([echo, open!, loaded!, mistyped!, unrun!])
  })

  afterAll(() => modules.remove())

  test("finds every block, where it is, and what is to be done with it", () => {
    const treatments = "run run load load type-check commands json json unchecked unknown unknown"
    expect(blocks.map((block) => treatmentOf(block)).join(" ")).toBe(treatments)
    expect(blocks.map(({ line }) => line).slice(0, 3)).toEqual([5, 14, 22])
    expect(loaded?.code).toMatch(/^import \{ createWebhook \}/)
    expect([scenarioOf(echo), scenarioOf(open!)]).toEqual(["echo", "delivery"])
  })

  test("refuses a block without an end", () => {
    expect(() => markdownBlocks("sample.md", "```ts\nconst a = 1\n")).toThrow("sample.md:1")
  })

  test("finds the examples of doc comments", () => {
    const source =
      "/**\n * Adds.\n *\n * @example\n * const two = add(1, 1)\n * add(two, 1)\n * @throws never\n */\nexport function add() {}\n"
    expect(exampleBlocks("add.ts", source)).toEqual([
      { file: "add.ts", line: 5, language: "example", note: undefined, code: "const two = add(1, 1)\nadd(two, 1)" },
    ])
  })

  test("finds errors of type, at their lines in the document", async () => {
    const errors = await modules.typeErrors()
    expect(blocks.flatMap((block) => errors.get(block) ?? [])).toEqual([
      expect.stringContaining("TS2322: Type 'string' is not"),
    ])
    expect(errors.get(mistyped!)).toEqual([expect.stringContaining(`sample.md:${mistyped?.line}:`)])
  }, 60_000)

  test("finds what fails when it is run to its end", async () => {
    const failures = await loadAll([loaded!, mistyped!].map((block) => modules.path(block)))
    expect(failures.get(modules.path(loaded!))).toMatch(/^HookgramError: .*secretToken/s)
    expect(failures.get(modules.path(mistyped!))).toBeNull()
  }, 20_000)

  test("runs programs against real deliveries, and finds one that lets everybody in", async () => {
    await runProgram(modules.path(echo), scenarios["echo"]!)
    await expect(runProgram(modules.path(open!), scenarios["delivery"]!)).rejects.toThrow("status: 401")
  }, 20_000)

  test("finds commands that name what does not exist", () => {
    const line = (offset: number): number => (shell?.line ?? 0) + offset
    expect(plainErrors(shell!)).toEqual([
      `sample.md:${line(1)}: there is no examples/nothing.ts`,
      `sample.md:${line(3)}: there is no script nonsense`,
      `sample.md:${line(4)}: there is no package @hookgram/unheard-of`,
      `sample.md:${line(5)}: make is not a command that is known here`,
    ])
  })

  test("finds broken JSON, and languages that nobody has vouched for", () => {
    expect([json, text].map((block) => plainErrors(block!))).toEqual([[], []])
    expect([badJson, plain, python].map((block) => plainErrors(block!).length)).toEqual([1, 1, 1])
  })
})
