import { readFile } from "node:fs/promises"
import type { ServerResponse } from "node:http"
import { extname } from "node:path"
import { respond } from "./respond.ts"

/** The files of the page; the same place seen from `src` and from `dist`. */
const folder = new URL("../../src/page/browser/", import.meta.url)

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
}

/** The name of the file that a path of the page stands for, or `undefined`. */
export function assetOf(path: string): string | undefined {
  const name = path === "/" ? "index.html" : path.slice(1)
  return /^[a-z-]+\.[a-z]+$/.test(name) && extname(name) in types ? name : undefined
}

/** Answers with a file of the page, or with 404. */
export async function respondAsset(response: ServerResponse, name: string): Promise<void> {
  const bytes = await readFile(new URL(name, folder)).catch(() => undefined)
  if (bytes === undefined) respond(response, 404, "text/plain", "Not Found")
  else respond(response, 200, types[extname(name)] ?? "", bytes)
}
