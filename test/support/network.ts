import { execFile, execFileSync } from "node:child_process"
import { networkInterfaces } from "node:os"
import { promisify } from "node:util"

const workspace = new URL("../../", import.meta.url)

/** A public address, which in a network of its own is this machine's. Packets to it leave the machine nowhere. */
export const publicAddress = "93.184.215.14"

const setUp = `ip link set lo up && ip addr add ${publicAddress}/32 dev lo && exec "$@"`

function inNetwork(command: readonly string[]): [string, string[]] {
  return ["unshare", ["--map-root-user", "--net", "sh", "-c", setUp, "sh", ...command]]
}

/** Why there can be no such network here, if so. */
export function noNetwork(purpose: string): string | undefined {
  try {
    execFileSync(...inNetwork(["true"]), { stdio: ["ignore", "ignore", "pipe"] })
    return undefined
  } catch (error) {
    const reason = String((error as { stderr?: Buffer }).stderr ?? "").trim() || String(error)
    return absent(`${purpose} is NOT TESTED: no network of its own: ${reason}`)
  }
}

/** Why nothing can listen over IPv6 here, if so. */
export function noIPv6(purpose: string): string | undefined {
  const addresses = Object.values(networkInterfaces()).flat()
  if (addresses.some((each) => each?.address === "::1")) return undefined
  return absent(`${purpose} is NOT TESTED: this machine has no IPv6`)
}

/** Where tests must not be skipped (`REQUIRE_SERVICES=1`), that is an error. */
function absent(reason: string): string {
  if (process.env["REQUIRE_SERVICES"] === "1") throw new Error(reason)
  process.stderr.write(`${reason}\n`)
  return reason
}

/** Runs a TypeScript file, named from the workspace, in a network of its own, and gives back the JSON that it prints. */
export async function runInNetwork(file: string): Promise<unknown> {
  const [command, parameters] = inNetwork([process.execPath, "--import", "tsx", file])
  const { stdout } = await promisify(execFile)(command, parameters, { cwd: workspace, timeout: 60_000 })
  return JSON.parse(stdout)
}
