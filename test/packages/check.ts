import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/**
 * Packs every package as it would be published and lets publint and attw look at the archives.
 * Run by `pnpm check:packages`.
 */
const root = new URL("../../", import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), "hookgram-pack-"))

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] })
}

try {
  run("pnpm", ["build"])
  for (const name of readdirSync(join(root, "packages"))) {
    run("pnpm", ["--dir", join("packages", name), "pack", "--pack-destination", folder])
  }
  for (const archive of readdirSync(folder)) {
    run("publint", ["run", join(folder, archive), "--strict"])
    run("attw", [join(folder, archive), "--profile", "esm-only"])
  }
} finally {
  rmSync(folder, { recursive: true })
}
