import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { once } from "node:events"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"

/** Where the files are that the pages under docs/deployment are about. */
export const deployment: string = fileURLToPath(new URL("../../examples/deployment/", import.meta.url))

export function deploymentFile(name: string): string {
  return readFileSync(join(deployment, name), "utf8")
}

/** A new folder that every user may enter. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hookgram-deployment-"))
  chmodSync(folder, 0o755)
  return folder
}

/** The same, removed when the test is over. */
export function temporaryFolder(): string {
  const folder = makeFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A port of the loopback that was free just now: for programs that cannot say which one they chose. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await once(server.close(), "close")
  return port
}

/**
 * Puts other values into a file that is otherwise used as it is.
 *
 * @throws when there is nothing to replace: the file has changed, and what is tested is no longer what is meant
 */
export function substituted(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((result, [old, value]) => {
    if (!result.includes(old)) throw new Error(`There is no ${JSON.stringify(old)} in the file`)
    return result.replaceAll(old, value)
  }, text)
}
