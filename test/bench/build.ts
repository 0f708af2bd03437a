import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** Those that are measured, and what they need of each other. */
const packages: readonly string[] = [...new Set(["express", "koa", "fastify"].flatMap(withNeeds))]

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly publishConfig?: { readonly exports: unknown }
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest
}

function withNeeds(name: string): string[] {
  const { dependencies = {} } = manifestIn(join(root, "packages", name))
  const ours = Object.keys(dependencies).filter((each) => each.startsWith("@hookgram/"))
  return [name, ...ours.flatMap((each) => withNeeds(each.replace("@hookgram/", "")))]
}

/**
 * Compiles the packages and the servers, and lays them out in a temporary folder as they would be installed from a
 * registry, so that the servers run as plain JavaScript under plain Node. Gives back the folder.
 */
export function build(): string {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc")
  execFileSync(process.execPath, [tsc, "-b", "test/bench"], { cwd: root, stdio: "inherit" })
  const folder = mkdtempSync(join(tmpdir(), "hookgram-bench-"))
  cpSync(join(root, "test/bench/dist"), folder, { recursive: true })
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  for (const name of packages)
    install(join(root, "packages", name), join(folder, "node_modules", manifestIn(join(root, "packages", name)).name))
  for (const from of [...packages.map((name) => `packages/${name}`), "test"]) linkDependencies(join(root, from), folder)
  return folder
}

function install(from: string, to: string): void {
  const { publishConfig, ...manifest } = manifestIn(from)
  mkdirSync(to, { recursive: true })
  cpSync(join(from, "dist"), join(to, "dist"), { recursive: true })
  writeFileSync(join(to, "package.json"), JSON.stringify({ ...manifest, exports: publishConfig?.exports }))
}

function linkDependencies(from: string, folder: string): void {
  for (const name of Object.keys(manifestIn(from).dependencies ?? {})) {
    if (name.startsWith("@hookgram/")) continue
    const to = join(folder, "node_modules", name)
    mkdirSync(dirname(to), { recursive: true })
    try {
      symlinkSync(realpathSync(join(from, "node_modules", name)), to)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    }
  }
}

/** The versions of all that is measured. */
export function versions(): readonly string[] {
  const libraries = ["express", "koa", "@koa/bodyparser", "fastify", "grammy", "telegraf"]
  return [
    `Node ${process.versions.node}`,
    nameAndVersion("packages/core"),
    ...libraries.map((name) => nameAndVersion(`test/node_modules/${name}`)),
  ]
}

function nameAndVersion(folder: string): string {
  const { name, version } = manifestIn(join(root, folder))
  return `${name} ${version}`
}
