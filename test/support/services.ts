import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"

/**
 * Looks for a program that tests need and that does not come from npm. Where tests must not be skipped
 * (`REQUIRE_SERVICES=1`), its absence is an error.
 *
 * @returns its path, or why what it is needed for is skipped
 */
export function service(name: string, purpose: string): { readonly path: string; readonly absent: string | undefined } {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"]
  const path = folders.map((folder) => join(folder, name)).find((each) => existsSync(each))
  const absent = path === undefined ? `${purpose} is NOT TESTED: no ${name}` : undefined
  if (absent !== undefined && process.env["REQUIRE_SERVICES"] === "1") throw new Error(absent)
  if (absent !== undefined) process.stderr.write(`${absent}\n`)
  return { path: path ?? "", absent }
}

/** Whether files can be given to other users, and processes run as these. */
export const isRoot: boolean = process.getuid?.() === 0

/** The user and group that own nothing. */
export const NOBODY = 65_534
