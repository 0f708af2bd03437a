import { once } from "node:events"
import { lstat, unlink } from "node:fs/promises"
import type { Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { HookgramError } from "@hookgram/core"
import type { ResolvedServeOptions } from "./schema.ts"

type Place = Pick<ResolvedServeOptions, "host" | "port" | "socket">

/** @throws HookgramError `listen_failed`, with what to do */
export async function listen(server: Server, place: Place): Promise<void> {
  const { host, port, socket } = place
  try {
    if (socket !== undefined && (await isDead(socket))) await unlink(socket)
    server.listen(socket === undefined ? { port, host } : { path: socket })
    await once(server, "listening")
  } catch (error) {
    throw explained(error, place)
  }
}

/** Whether there is a socket at which nobody listens: that of a process that was killed. Files of other kinds are not dead. */
async function isDead(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  if (!found?.isSocket()) return false
  const socket = connect(path)
  try {
    await once(socket, "connect")
    return false
  } catch (error) {
    return codeOf(error) === "ECONNREFUSED"
  } finally {
    socket.destroy()
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: "Something is there already: stop that, or choose another place.",
  EACCES:
    "The process may not: choose a port above 1023, or a socket in a folder that exists and that it may write to.",
  EADDRNOTAVAIL: "The host is no address of this machine: leave it out to listen at all of them.",
}

function explained(error: unknown, { host, port, socket }: Place): HookgramError {
  const place = socket ?? `${nameOf(host ?? "")}:${port}`
  const remedy = remedies[String(codeOf(error))] ?? (error as Error).message
  return new HookgramError("listen_failed", `The server cannot listen at ${place}. ${remedy}`, { cause: error })
}

/** Where it listens. */
export function urlOf(
  server: Server,
  { host, socket, tls, path }: Place & Pick<ResolvedServeOptions, "tls" | "path">,
): string {
  if (socket !== undefined) return `unix:${socket}`
  const { port } = server.address() as AddressInfo
  const name = host === undefined || host === "0.0.0.0" || host === "::" ? "localhost" : nameOf(host)
  return `${tls ? "https" : "http"}://${name}:${port}${path}`
}

/** A host as it stands in a URL. */
function nameOf(host: string): string {
  return host.includes(":") ? `[${host}]` : host
}
