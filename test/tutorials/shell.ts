import { execFile, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, onTestFinished } from "vitest"

/** Why what needs curl is not tested here, if it is not. */
const noCurl = spawnSync("curl", ["--version"]).error?.message

/** Tests that need curl. Where there is none they are skipped, or, with `REQUIRE_SERVICES=1`, fail. */
export function describeWithCurl(name: string, tests: () => void): void {
  const isSkipped = noCurl !== undefined && process.env["REQUIRE_SERVICES"] !== "1"
  describe.skipIf(isSkipped)(isSkipped ? `${name} (NOT TESTED: ${noCurl})` : name, tests)
}

/** A folder in which commands are run as a tutorial prints them. It is removed after the test. */
export class Shell {
  readonly #folder = mkdtempSync(join(tmpdir(), "hookgram-tutorial-"))

  constructor() {
    onTestFinished(() => rmSync(this.#folder, { recursive: true }))
  }

  /**
   * What a command prints. Its placeholders, such as `<YOURTOKEN>`, are replaced first.
   *
   * @throws when it ends with another code than 0, or a placeholder is left
   */
  async run(command: string, values: Readonly<Record<string, string>> = {}): Promise<string> {
    const filled = Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), command)
    if (/<[A-Z]/.test(filled)) throw new Error(`A placeholder is left: ${filled}`)
    const { stdout } = await promisify(execFile)("sh", ["-ec", filled], { cwd: this.#folder })
    return stdout
  }

  path(name: string): string {
    return join(this.#folder, name)
  }
}
