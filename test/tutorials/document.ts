import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { basename, dirname, resolve } from "node:path"
import { titleProblem } from "./titles.ts"

/** A line of a table: its cells, and the heading that it stands under. */
export interface Row {
  readonly heading: string
  readonly cells: readonly string[]
}

/** The rows of all tables of a Markdown text, without their heads. */
export function rowsOf(markdown: string): Row[] {
  const rows: Row[] = []
  const lines = markdown.split("\n")
  let heading = ""
  for (const [index, line] of lines.entries()) {
    heading = /^## (.+)$/.exec(line)?.[1] ?? heading
    const isBody = line.startsWith("|") && lines[index - 1]?.startsWith("|") && !line.startsWith("| ---")
    if (isBody)
      rows.push({
        heading,
        cells: line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      })
  }
  return rows
}

/** A test that a cell names, as `[label](file): “title”`. */
export interface Named {
  readonly file: string
  readonly title: string
}

/** The tests that a cell names, one a line. */
export function testsIn(cell: string): Named[] {
  return cell.split("<br>").map((line) => {
    const [, file, title] = /^\[[^\]]+\]\(([^)]+)\): “(.+)”$/.exec(line.trim()) ?? []
    if (file === undefined || title === undefined) throw new Error(`This names no test: ${line}`)
    return { file, title }
  })
}

/** What is wrong with the tests that a document in `folder` names. */
export function testProblems(folder: string, tests: readonly Named[]): string[] {
  return tests.flatMap(({ file, title }) => {
    const path = resolve(folder, file)
    if (!existsSync(path)) return [`${file}: there is no such file`]
    if (!isRun(path)) return [`${file}: no test runs it`]
    const problem = titleProblem(readFileSync(path, "utf8"), title)
    return problem === undefined ? [] : [`${file}: ${problem}`]
  })
}

/** Whether it is a file of tests, or one beside it imports it. */
function isRun(path: string, seen: Set<string> = new Set()): boolean {
  if (path.endsWith(".test.ts")) return true
  seen.add(path)
  const beside = readdirSync(dirname(path)).map((name) => resolve(dirname(path), name))
  return beside.some((other) => !seen.has(other) && other.endsWith(".ts") && imports(other, path) && isRun(other, seen))
}

function imports(file: string, imported: string): boolean {
  return readFileSync(file, "utf8").includes(`from "./${basename(imported)}"`)
}

/** What is wrong with the links of a document in `folder` to other files and to their headings. */
export function linkProblems(folder: string, markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
    if (link.startsWith("https://")) return []
    const [file = "", anchor] = link.split("#")
    const path = resolve(folder, file)
    if (!existsSync(path)) return [`${link}: there is no such file`]
    if (anchor === undefined) return []
    const anchors = statSync(path).isFile() ? anchorsOf(readFileSync(path, "utf8")) : []
    return anchors.includes(anchor) ? [] : [`${link}: there is no such heading`]
  })
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(markdown: string): string[] {
  const headings = [...markdown.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => text)
  return headings.map((text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  )
}
