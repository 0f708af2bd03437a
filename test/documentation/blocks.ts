import { existsSync, readdirSync, readFileSync } from "node:fs"

/** A block of code in a document. */
export interface Block {
  /** The document, from the workspace. */
  readonly file: string
  /** The line of the document that `code` begins at, from 1. */
  readonly line: number
  /** What stands after the opening fence; `example` for an `@example` of a doc comment. */
  readonly language: string
  /** The HTML comment right above the block, such as `run: delivery`. */
  readonly note: string | undefined
  readonly code: string
}

/** All blocks between fences in a Markdown text; fences may be indented, as in a list. */
export function markdownBlocks(file: string, text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split("\n")
  for (let index = 0; index < lines.length; index++) {
    const [, indent = "", fence, language = ""] = /^( *)(`{3,}|~{3,})\s*(\S*)/.exec(lines[index] ?? "") ?? []
    if (fence === undefined) continue
    const start = index + 1
    while (++index < lines.length && lines[index]?.trim() !== fence);
    if (index === lines.length) throw new Error(`${file}:${start}: the block has no end`)
    const code = lines.slice(start, index).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    blocks.push({ file, line: start + 1, language, note: noteAbove(lines, start - 1), code: code.join("\n") })
  }
  return blocks
}

function noteAbove(lines: readonly string[], fence: number): string | undefined {
  let above = fence - 1
  while (lines[above]?.trim() === "") above--
  return /^\s*<!--\s*(.*?)\s*-->\s*$/.exec(lines[above] ?? "")?.[1]
}

/** The `@example` blocks of a source file's doc comments. */
export function exampleBlocks(file: string, text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split("\n")
  for (let index = 0; index < lines.length; index++) {
    if (!/^\s*\* @example\s*$/.test(lines[index] ?? "")) continue
    const start = index + 1
    while (/^\s*\*(?!\/)(?! @)/.test(lines[index + 1] ?? "")) index++
    const code = lines.slice(start, index + 1).map((line) => line.replace(/^\s*\* ?/, ""))
    blocks.push({ file, line: start + 1, language: "example", note: undefined, code: code.join("\n") })
  }
  return blocks
}

export const workspace: URL = new URL("../../", import.meta.url)

/** The files of a folder and all below it, from the workspace. */
function filesIn(folder: string): string[] {
  const url = new URL(folder, workspace)
  if (!existsSync(url)) return []
  return readdirSync(url, { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}${file}`)
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
    .toSorted()
}

/** Every block of the documents that come with Hookgram, and of its doc comments. */
export function allBlocks(): Block[] {
  const top = readdirSync(workspace).filter((file) => file.endsWith(".md"))
  const files = [...top, ...["docs/", "packages/", "examples/"].flatMap(filesIn)]
  const read = (file: string): string => readFileSync(new URL(file, workspace), "utf8")
  return files.flatMap((file) => {
    if (file.endsWith(".md")) return markdownBlocks(file, read(file))
    return /^packages\/[^/]+\/src\/.*\.ts$/.test(file) ? exampleBlocks(file, read(file)) : []
  })
}
