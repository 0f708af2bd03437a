import { existsSync, readFileSync } from "node:fs"
import { type Block, workspace } from "./blocks.ts"
import { commandErrors } from "./commands.ts"
import { isExcerpt } from "./surroundings.ts"

/** What is done with a block, by its language and what it contains. */
export type Treatment = "run" | "load" | "type-check" | "commands" | "json" | "excerpt" | "unchecked" | "unknown"

const code = new Set(["ts", "typescript", "js", "javascript"])

/** Languages that cannot be checked, each with the reason. */
const unchecked: Readonly<Record<string, string>> = {
  text: "a drawing, a tree or a message: it has no syntax",
  http: "bytes on the wire, abridged",
}

export function treatmentOf(block: Block): Treatment {
  const { language, note = "" } = block
  if (note.startsWith("from: ")) return "excerpt"
  if (language === "example" || code.has(language)) {
    if (isExcerpt(block) || /^check only: ./.test(note)) return "type-check"
    return isProgram(block) || note.startsWith("run: ") ? "run" : "load"
  }
  if (language === "sh" || language === "bash") return "commands"
  if (language === "json") return "json"
  return language in unchecked ? "unchecked" : "unknown"
}

function isProgram({ code: text }: Block): boolean {
  return text.includes(".listen(") && !text.includes("startSimulator(")
}

/** The scenario that a program is run by. */
export function scenarioOf({ note }: Block): string {
  return /^run: (\S+)$/.exec(note ?? "")?.[1] ?? "delivery"
}

/** What can be said of a block without a compiler. */
export function plainErrors(block: Block): string[] {
  switch (treatmentOf(block)) {
    case "commands":
      return commandErrors(block)
    case "json":
      return jsonErrors(block)
    case "excerpt":
      return excerptErrors(block)
    case "unknown":
      return [
        `${block.file}:${block.line - 1}: ${block.language || "no language"}: name one that is checked, or listed as unchecked`,
      ]
    default:
      return []
  }
}

function jsonErrors({ file, line, code: text }: Block): string[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    return [`${file}:${line}: ${(error as Error).message}`]
  }
}

/** Whole lines of the file that the block's comment names, one after the other: whatever checks the file checks the block. */
function excerptErrors({ file, line, note = "", code: text }: Block): string[] {
  const source = new URL(note.replace("from: ", ""), workspace)
  if (!existsSync(source)) return [`${file}:${line - 1}: there is no ${note.replace("from: ", "")}`]
  const isInIt = `\n${readFileSync(source, "utf8")}`.includes(`\n${text}\n`)
  return isInIt ? [] : [`${file}:${line}: is not what ${note.replace("from: ", "")} says`]
}
