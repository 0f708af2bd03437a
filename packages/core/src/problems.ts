import type { z } from "zod"
import { HookgramError } from "./errors.ts"

/**
 * What zod has made of options, if nothing is wrong with them: how all of Hookgram checks what it is given.
 *
 * @param title what is wrong if anything is, such as `These options of the bot are wrong`
 * @param conflicts what else is wrong, which only shows when options are seen together: `name: problem`
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 */
export function checked<T>(title: string, result: z.ZodSafeParseResult<T>, conflicts: readonly string[] = []): T {
  if (result.success && conflicts.length === 0) return result.data
  const problems = [...(result.error?.issues.flatMap(describe) ?? []), ...conflicts]
  throw new HookgramError("invalid_options", `${title}:\n${problems.map((problem) => `  ${problem}`).join("\n")}`)
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join(".")
  if (issue.code !== "unrecognized_keys") return [`${path || "options"}: ${issue.message}`]
  return issue.keys.map((key) => `${path && `${path}.`}${key}: is not an option`)
}
