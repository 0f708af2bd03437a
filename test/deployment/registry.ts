import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { mkdirSync, readdirSync, readFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const workspace = fileURLToPath(new URL("../../", import.meta.url))
const exec = promisify(execFile)

/** A package as it would be published. */
export interface Archive {
  readonly manifest: { readonly name: string; readonly version: string }
  readonly bytes: Buffer
  /** The hash that a lockfile has of it. */
  readonly integrity: string
}

function pnpm(...args: string[]): Promise<unknown> {
  return exec("npx", ["-y", "pnpm@12", ...args], { cwd: workspace, maxBuffer: 1 << 26 })
}

/** Builds packages of the workspace and packs them, as `pnpm publish` would. */
export async function pack(names: readonly string[], folder: string): Promise<Archive[]> {
  mkdirSync(folder, { recursive: true })
  await pnpm("exec", "tsc", "-b", ...names.map((name) => `packages/${name}`))
  for (const name of names) await pnpm("--dir", `packages/${name}`, "pack", "--pack-destination", folder)
  return Promise.all(readdirSync(folder).map((file) => read(join(folder, file))))
}

async function read(path: string): Promise<Archive> {
  const { stdout } = await exec("tar", ["-xOzf", path, "package/package.json"])
  const bytes = readFileSync(path)
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`
  return { manifest: JSON.parse(stdout) as Archive["manifest"], bytes, integrity }
}

/** An npm registry on this machine that has these packages and no others: they are not published, but install as if they were. */
export class Registry {
  readonly #server: Server
  readonly #archives: readonly Archive[]
  private constructor(archives: readonly Archive[]) {
    this.#archives = archives
    this.#server = createServer((request, response) => {
      const [name = "", isArchive] = this.#wanted(request.url ?? "")
      const archive = this.#archives.find(({ manifest }) => manifest.name === name)
      if (!archive) return void response.writeHead(404).end()
      if (!isArchive)
        return void response.writeHead(200, { "content-type": "application/json" }).end(this.#about(archive))
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(archive.bytes)
    })
  }

  static async start(archives: readonly Archive[]): Promise<Registry> {
    const registry = new Registry(archives)
    registry.#server.listen(0, "127.0.0.1")
    await once(registry.#server, "listening")
    return registry
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await once(this.#server.close(), "close")
  }

  #wanted(url: string): [name: string, isArchive: boolean] {
    const path = decodeURIComponent(url.slice(1))
    return [path.replace(/\.tgz$/, ""), path.endsWith(".tgz")]
  }

  #about({ manifest, integrity }: Archive): string {
    const { name, version } = manifest
    return JSON.stringify({
      name,
      "dist-tags": { latest: version },
      versions: { [version]: { ...manifest, dist: { tarball: `${this.url}${name}.tgz`, integrity } } },
      // Long ago: package managers wait with what is new.
      time: { [version]: "2026-01-01T00:00:00.000Z" },
    })
  }
}
