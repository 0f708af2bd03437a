import { parseAst } from "vitest/node"

/** What stands for a value in the title of a test that is run with several. */
const placeholder = /%[sdifjo#]|\$\{[^}]*\}|\$[A-Za-z]\w*/

/** The names that are joined into the whole title of a test, outermost first. */
type Title = readonly string[]

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** Joins the titles of a test and of what is around it, in a document. */
const separator = " › "

/**
 * Whether a source file has exactly one test with this title. The titles around it may be left out. A placeholder stands for
 * any text or number that is in the file.
 *
 * @returns what is wrong
 */
export function titleProblem(source: string, wanted: string): string | undefined {
  const parts = wanted.split(separator)
  const titles = titlesIn(source).flatMap((title) => (title.length < parts.length ? [] : [title.slice(-parts.length)]))
  const asWritten = titles.filter((title) => title.join(separator) === wanted)
  const filled = titles.filter((title) => title.every((name, index) => isMeant(source, name, parts[index])))
  const { length } = asWritten.length > 0 ? asWritten : filled
  if (length === 1) return undefined
  return length === 0 ? `has no test “${wanted}”` : `has ${length} tests “${wanted}”: say what is around it`
}

function isMeant(source: string, name: string, part: string | undefined): boolean {
  if (name === part) return true
  const pattern = new RegExp(`^${name.split(placeholder).map(escaped).join("(.+)")}$`)
  const [, ...values] = pattern.exec(part ?? "") ?? []
  return values.length > 0 && values.every((value) => /^\d+$/.test(value) || source.includes(JSON.stringify(value)))
}

function escaped(fixed: string): string {
  return fixed.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

/** The tests of a file: `test("…")`, `test.each(…)("…")`; where there are none, the `title` of cases that are data. */
export function titlesIn(source: string): Title[] {
  const titles: Record<"test" | "case", Title[]> = { test: [], case: [] }
  const visit = (value: unknown, around: Title): void => {
    if (Array.isArray(value)) return value.forEach((each) => visit(each, around))
    if (!isNode(value)) return
    const [kind, name] = titled(source, value)
    if (kind === "test" || kind === "case") titles[kind].push([...around, name])
    for (const child of Object.values(value)) visit(child, kind === "describe" ? [...around, name] : around)
  }
  visit(parseAst(source, { lang: "ts" }).body, [])
  return titles.test.length > 0 ? titles.test : titles.case
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value
}

type Kind = "test" | "case" | "describe" | "none"

/** What a call or a property names. A helper such as `describeEcho("express")` is a test: its own are elsewhere. */
function titled(source: string, node: Node): [Kind, name: string] {
  if (node.type === "Property") {
    const title = (node["key"] as Node)["name"] === "title" ? text(source, node["value"]) : undefined
    return title === undefined ? ["none", ""] : ["case", title]
  }
  const [first, ...others] = (node["arguments"] as unknown[] | undefined) ?? []
  const title = text(source, first)
  const callee = rootOf(node)
  if (title === undefined || callee === undefined) return ["none", ""]
  if (callee === "test" || callee === "it") return ["test", title]
  if (!callee.startsWith("describe")) return ["none", ""]
  return [others.length === 0 ? "test" : "describe", title]
}

/** `test` of `test.each(…)(…)`. */
function rootOf(node: Node): string | undefined {
  if (node.type === "Identifier") return node["name"] as string
  const inner = node["callee"] ?? node["object"]
  return isNode(inner) ? rootOf(inner) : undefined
}

/** A text as it is written, with its placeholders. */
function text(source: string, node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"]
  return node.type === "TemplateLiteral" ? source.slice(node.start + 1, node.end - 1) : undefined
}
