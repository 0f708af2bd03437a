import { isIPv6 } from "node:net"
import { domainToASCII } from "node:url"
import { trim } from "../api/header-lines.ts"

/** The URL of a webhook, taken apart as Telegram's server does (facts, 1.1 and 5.1). */
export interface WebhookUrl {
  readonly scheme: "http" | "https"
  readonly userInfo: string
  /** In lower case, as punycode; an IPv6 address without its brackets. */
  readonly host: string
  readonly port: number
  /** The `Host` header: with the port unless it is the scheme's own. */
  readonly hostHeader: string
  /** All after host and port, with query and fragment. */
  readonly target: string
}

const HOST = /^[A-Za-z0-9.\-_!$,~*'();&+=%\u0080-\uffff]+$/
const USER_INFO = /^[A-Za-z0-9.\-_!$,~*'();&+=%:\u0080-\uffff]*$/

/** @returns `undefined` if Telegram calls it an invalid URL */
export function parseWebhookUrl(text: string): WebhookUrl | undefined {
  const [, schemeText = "https", rest = ""] = /^(?:([^:/?#]*):\/\/)?(.*)$/s.exec(text) ?? []
  const scheme = schemeText.toLowerCase()
  if (scheme !== "http" && scheme !== "https") return undefined
  const end = rest.search(/[/?#]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  const at = authority.lastIndexOf("@")
  const userInfo = at < 0 ? "" : authority.slice(0, at)
  const place = hostAndPort(authority.slice(at + 1))
  if (!place || !USER_INFO.test(userInfo)) return undefined
  const ownPort = scheme === "https" ? 443 : 80
  const { host, port = ownPort } = place
  const shown = isIPv6(host) ? `[${host}]` : host
  return {
    scheme,
    userInfo,
    host,
    port,
    hostHeader: port === ownPort ? shown : `${shown}:${port}`,
    target: requestTarget(end < 0 ? "" : rest.slice(end)),
  }
}

function hostAndPort(text: string): { host: string; port?: number } | undefined {
  const [, literal, name, portText] = /^(?:\[(.*)\]|([^:]*))(?::(.*))?$/s.exec(text) ?? []
  const port = portText === undefined ? undefined : Number(portText)
  if (port !== undefined && !(/^\d+$/.test(portText ?? "") && port >= 1 && port <= 65_535)) return undefined
  if (literal !== undefined) return isIPv6(literal) ? { host: literal.toLowerCase(), port } : undefined
  if (!name || name === "." || !HOST.test(name)) return undefined
  return { host: domainToASCII(name) || name.toLowerCase(), port }
}

/** Bytes up to 0x20 are percent-encoded, white space at the end is cut, all else is sent as it was given. */
function requestTarget(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones
  const encoded = trim(text).replace(/[\u0000-\u0020]/g, (char) => {
    return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`
  })
  return encoded.startsWith("/") ? encoded : `/${encoded}`
}
