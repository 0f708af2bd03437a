import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { type Browser, chromium } from "playwright-core"

const names = ["chromium", "chromium-browser", "google-chrome"]
const folders = (process.env["PATH"] ?? "").split(delimiter)

/** The browser of this machine, if it has one. */
const executablePath = folders
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((path) => existsSync(path))

/** Why tests in a browser are skipped, said in one line, or `undefined` if they are not. */
export const noBrowser =
  executablePath === undefined ? `the chat page is NOT TESTED: no ${names.join(", ")}` : undefined

if (noBrowser !== undefined && process.env["REQUIRE_SERVICES"] === "1") throw new Error(noBrowser)
if (noBrowser !== undefined) process.stderr.write(`${noBrowser}\n`)

const features = ["background-networking", "component-update", "sync"].map((name) => `--disable-${name}`)

export function launch(): Promise<Browser> {
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", ...features]
  return chromium.launch({ executablePath: executablePath ?? "", args })
}
