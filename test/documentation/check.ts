import type { Block } from "./blocks.ts"
import { commandErrors } from "./commands.ts"
import { isExcerpt } from "./surroundings.ts"

/** What is done with a block, by its language and what it contains. */
export type Treatment = "run" | "load" | "type-check" | "commands" | "json" | "unchecked" | "unknown"

const code = new Set(["ts", "typescript", "js", "javascript"])

/** Languages that cannot be checked, each with the reason. */
const unchecked: Readonly<Record<string, string>> = {
  text: "a drawing, a tree or a message: it has no syntax",
  http: "bytes on the wire, abridged",
}

export function treatmentOf(block: Block): Treatment {
  const { language, note = "" } = block
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
