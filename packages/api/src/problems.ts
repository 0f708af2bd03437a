import type { z } from "zod"

/** What zod found wrong, one line for each field. */
export function problemsOf(error: z.ZodError | undefined): string[] {
  return error?.issues.flatMap(describe) ?? []
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `${key}: is not an option`)
  return [`${issue.path.join(".") || "options"}: ${issue.message}`]
}
