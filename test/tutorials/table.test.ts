import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { linkProblems, rowsOf, testProblems, testsIn } from "./document.ts"
import { titleProblem, titlesIn } from "./titles.ts"

const folder = fileURLToPath(new URL("../../docs/", import.meta.url))
const document = readFileSync(`${folder}tutorials.md`, "utf8")

/** What the tutorials show, in the words of the task that asked for the table. */
const groups = [
  "Set, delete and inspect the webhook",
  "Secret",
  "Certificate",
  "IP address",
  "Allowed updates",
  "Max connections",
  "Drop pending updates",
  "Echo handler",
  "Mounted in an existing app",
  "Stand-alone server",
  "Polling and switching",
  "Background work",
  "De-duplication",
  "Pending replies",
  "Health",
  "Error handling",
  "Local testing",
  "nginx",
  "Docker",
  "Serverless",
]

const rows = rowsOf(document)
const shown = rows.filter(({ cells }) => cells.length === 4)
const marks = rows.filter(({ heading }) => heading === "The tutorials").map(({ cells }) => cells[0]!)
const omitted = rows.filter(({ heading }) => heading === "What is not done")

describe("docs/tutorials.md", () => {
  test.each(groups)("has rows for: %s", (group) => {
    expect(shown.filter(({ heading }) => heading === group)).not.toEqual([])
  })

  test.each(shown.map(({ heading, cells: [what = "", , , tests = ""] }) => ({ heading, what, tests })))(
    "$heading: $what",
    ({ tests }) => {
      expect(testProblems(folder, testsIn(tests))).toEqual([])
    },
  )

  test("has no other tables, and each row says by whom it is shown", () => {
    expect(rows.length).toBe(shown.length + marks.length + omitted.length)
    const used = [...shown, ...omitted].map(({ cells }) => cells[1]!.split(" "))
    expect(used.flat().filter((mark) => !marks.includes(mark))).toEqual([])
    expect(marks.filter((mark) => !used.flat().includes(mark))).toEqual([])
  })

  test("each row says where its way is documented", () => {
    expect(shown.filter(({ cells }) => !cells[2]!.includes("](")).map(({ cells }) => cells[0])).toEqual([])
  })

  test("links to files and headings that are there", () => {
    expect(linkProblems(folder, document)).toEqual([])
  })
})

describe("the check", () => {
  const named = (file: string, title: string) => testProblems(folder, testsIn(`[x](${file}): “${title}”`))
  const here = "../test/tutorials/table.test.ts"

  test("finds a title that is not there, a file that is not there, and one that no test runs", () => {
    expect(named(here, "the check › finds what is there")).toEqual([
      `${here}: has no test “the check › finds what is there”`,
    ])
    expect(named("../test/tutorials/chair.test.ts", "x")).toEqual([
      "../test/tutorials/chair.test.ts: there is no such file",
    ])
    expect(named("../test/api/replica.ts", "x")).toEqual(["../test/api/replica.ts: no test runs it"])
    expect(() => testsIn("[x](y) without a title")).toThrow("This names no test")
  })

  test("finds links that lead nowhere", () => {
    const links = "[a](design.md) [b](nothing.md) [c](../README.md#options) [d](../README.md#option)"
    expect(linkProblems(folder, links)).toEqual([
      "nothing.md: there is no such file",
      "../README.md#option: there is no such heading",
    ])
  })

  test("knows the titles of a file", () => {
    const source = `
      describe("a", () => {
        test("b", () => {})
        test.each<[string]>([["one"]])("%s of c", () => {})
        describe.each([1])("d", () => { it.skipIf(true)(\`e \${1}\`, () => {}) })
      })
      test("b", () => { describe; run("no test") })
      const data = { title: "no test" }
      describeOthers("f")
    `
    const titles = ["a › b", "a › %s of c", "a › d › e ${1}", "b", "f"]
    expect(titlesIn(source).map((title) => title.join(" › "))).toEqual(titles)
    for (const title of ["a › b", "one of c", "%s of c", "a › one of c", "d › e 1", "f"])
      expect(titleProblem(source, title)).toBeUndefined()
    for (const title of ["c", "two of c", "a › f", "a › e 1", "x › f", "no test", "d"])
      expect(titleProblem(source, title)).toBe(`has no test “${title}”`)
    expect(titleProblem(source, "b")).toBe("has 2 tests “b”: say what is around it")
    expect(titlesIn('const cases = [{ id: "x", title: "g" }]')).toEqual([["g"]])
  })
})
