import type { IncomingMessage } from "node:http"
import { isIP } from "node:net"

/** The names by which this machine is called from itself and from containers on it. */
const loopbackName = /^(?:(?:.+\.)?localhost|host\.(?:docker|containers)\.internal)$/
/** Names that nobody can register in the public DNS. */
const privateName = /^[^.]+$|\.(?:localhost|internal|local|test|home\.arpa)$/

/**
 * Why a request is refused that a web page of another site may have had a browser make, or `undefined` if it is not. What
 * is no browser sends none of the headers that are looked at, except `Host`, and passes.
 *
 * - `Host` is an address, or a name that cannot be made to point here by others ("DNS rebinding"): over the loopback
 *   interface `localhost`, else any name that the public DNS does not hold.
 * - `Origin`, if there is one, is that of this server.
 * - `Sec-Fetch-Site`, if there is one, is `same-origin`, or `none` for an address that was typed in.
 */
export function crossSite(request: IncomingMessage): string | undefined {
  const { host, origin, "sec-fetch-site": site } = request.headers
  if (host !== undefined && !isOurs(host, request.socket.localAddress ?? ""))
    return `not a name of this server: ${host}`
  if (origin !== undefined && origin !== `http://${host}`) return `not for pages of ${origin}`
  if (site !== undefined && site !== "same-origin" && site !== "none") return "not for pages of other sites"
  return undefined
}

function isOurs(host: string, address: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, "")
  if (!isLoopback(address)) return isIP(unbracketed(name)) !== 0 || privateName.test(name)
  return isLoopback(unbracketed(name)) || loopbackName.test(name)
}

function isLoopback(address: string): boolean {
  return address === "::1" || (/^(?:::ffff:)?127\./.test(address) && isIP(address) !== 0)
}

function unbracketed(name: string): string {
  return name.startsWith("[") && name.endsWith("]") ? name.slice(1, -1) : name
}
