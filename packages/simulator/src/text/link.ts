import type { Entity } from "./entity.ts"
import { Malformed } from "./refusal.ts"

/** Which links are taken. */
export interface LinkRules {
  /** Links with `tg:` and the like are not. */
  httpOnly?: boolean
  httpsOnly?: boolean
}

const own = /^(tg|ton|tonsite):(?:\/\/)?/i
const urlParts = /^(?:([^:/?#@[\]]*):\/\/)?([^/?#]*)(.*)$/s
const hostParts = /^(?:(.*)@)?([^@]*?)(?::([^:\]@]*))?$/s

/**
 * A link as Telegram keeps it: with a protocol, the host in lower case, and a path.
 *
 * @throws Malformed if Telegram does not take it for a link
 */
export function checkLink(link: string, { httpOnly, httpsOnly }: LinkRules = {}): string {
  const scheme = own.exec(link)
  const rest = scheme ? link.slice(scheme[0].length) : link
  const url = parseUrl(rest)
  if (httpsOnly && (scheme || url.protocol !== "https")) throw new Malformed("Only HTTPS links are allowed")
  if (!scheme) {
    if (!url.host.includes(".") && !url.host.startsWith("[")) throw new Malformed("Wrong HTTP URL")
    return `${url.protocol}://${url.user && `${url.user}@`}${url.host}${url.port && `:${url.port}`}${url.path}`
  }
  const name = scheme[1]?.toLowerCase() ?? ""
  if (httpOnly) throw new Malformed("Only HTTP links are allowed")
  if (/^https?:\/\//i.test(rest) || url.user || url.port || url.host.startsWith("[")) {
    throw new Malformed(name === "tg" ? "Wrong tg URL" : "Wrong ton URL")
  }
  const allowed = name === "tonsite" ? /^[\w.-]*$/ : /^[\w-]*$/
  if (!allowed.test(url.host)) throw new Malformed("Unallowed characters in URL host")
  return `${name}://${url.host}${url.path.startsWith("/?") ? url.path.slice(1) : url.path}`
}

/** The entity of a link: none if Telegram does not take the address for one. */
export function entitiesOfLink(url: string, place: Pick<Entity, "offset" | "length">): Entity[] {
  const user = linkedUser(url)
  if (user !== undefined) return [{ type: "text_mention", ...place, user: { id: user } }]
  try {
    return [{ type: "text_link", ...place, url: checkLink(url) }]
  } catch (error) {
    if (error instanceof Malformed) return []
    throw error
  }
}

/** The id in `tg://user?id=…`, if this is such a link to a user. */
export function linkedUser(link: string): number | undefined {
  const query = /^tg:(?:\/\/)?user\/?\?([^#]*)/.exec(link.toLowerCase())?.[1]
  const id = query === undefined ? undefined : queryValue(query, "id")
  return id !== undefined && /^\d{1,15}$/.test(id) && Number(id) > 0 ? Number(id) : undefined
}

/** The value of a name in a query, as it stands there. */
export function queryValue(query: string, name: string): string | undefined {
  const part = query.split("&").find((one) => one === name || one.startsWith(`${name}=`))
  return part?.slice(name.length + 1)
}

function parseUrl(url: string): { protocol: string; user: string; host: string; port: string; path: string } {
  const [, named, authority = "", rest = ""] = urlParts.exec(url) ?? []
  const protocol = named?.toLowerCase() ?? "http"
  if (protocol !== "http" && protocol !== "https") throw new Malformed("Unsupported URL protocol")
  const [, user = "", host = "", digits] = hostParts.exec(authority) ?? []
  const port = digits === undefined ? "" : String(Number(/^\d{1,9}$/.exec(digits)?.[0] ?? 0))
  if (port !== "" && (port === "0" || Number(port) > 65_535)) {
    throw new Malformed("Wrong port number specified in the URL")
  }
  if (host === "") throw new Malformed("URL host is empty")
  if (host === ".") throw new Malformed("Host is invalid")
  if (host.startsWith("[") && host.endsWith("]")) {
    if (!/^\[[\da-f:.]+\]$/i.test(host)) throw new Malformed("Wrong IPv6 address specified in the URL")
  } else checkPart(host, "host")
  checkPart(user.replaceAll(":", ""), "userinfo")
  const path = escapeSpaces(rest.trimEnd())
  return { protocol, user, host: host.toLowerCase(), port, path: path.startsWith("/") ? path : `/${path}` }
}

function checkPart(part: string, name: string): void {
  if (/%(?![\da-f]{2})/i.test(part)) throw new Malformed(`Wrong percent-encoded symbol in URL ${name}`)
  if (!/^[\w.\-!$,~*'();&+=%\u0080-\uffff]*$/.test(part)) throw new Malformed(`Disallowed character in URL ${name}`)
}

/** Telegram percent-encodes white space in a path and leaves all else as it is. */
function escapeSpaces(path: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return path.replace(/[\u0000-\u0020]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)
}
