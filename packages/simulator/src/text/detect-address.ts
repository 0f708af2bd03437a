import type { Entity } from "./entity.ts"
import { topLevelDomains } from "./top-level-domains.ts"

/** What may stand in an address, as sets of a regular expression: no white space, no quotation marks, few dashes. */
const blanks = String.raw`\p{Z}\p{Cc}\u2000-\u200b\u200e\u200f\u2016-\u206f`
const path = `[^${blanks}<>"«»]`
const user = String.raw`[^${blanks}/[\]{}()'\x60<>"@«»]`
const domain = String.raw`(?:[a-zA-Z0-9_.~-]|(?![\x00-\xbf])[^${blanks}])`

const address = new RegExp(
  String.raw`(?<!${domain}|[/#@])(?:((?:https?|ftp|tonsite)://))?(?:${user}{1,100}@)?(${domain}+\.${domain}+)(?::0*[1-9]\d{0,4}(?!\d))?(?:/${path}*|[?#]${path}+)?`,
  "giu",
)
const ownLink = new RegExp(String.raw`(?:tg|ton)://[a-z0-9_-]{1,253}(?:[/?#]${path}*)?`, "giu")
const email =
  /^(?:mailto:)?((?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,8})$/i
/** What ends a sentence and not an address. */
const ending = /[.:;,('?!`]+$/

/** The links and e-mail addresses in a text. */
export function findAddresses(text: string): Entity[] {
  const own: Entity[] = [...text.matchAll(ownLink)].map(({ 0: whole, index }) => ({
    type: "url",
    offset: index,
    length: balanced(whole).length,
  }))
  const others = [...text.matchAll(address)].flatMap(({ 0: whole, 1: protocol, 2: host = "", index }): Entity[] => {
    const url = balanced(whole)
    const mail = email.exec(url)?.[1]
    if (mail !== undefined) {
      return [{ type: "email", offset: index + url.length - mail.length, length: mail.length }]
    }
    const isUrl = isHost(host.replace(/\.+$/, ""), protocol !== undefined)
    return isUrl ? [{ type: "url", offset: index, length: url.length }] : []
  })
  return [...own, ...others]
}

/** An address without the bracket that encloses it, and what follows that, and without the end of the sentence. */
function balanced(url: string): string {
  const begin = /[/?#]/.exec(url.replace(/^\w+:\/\//, (protocol) => "_".repeat(protocol.length)))?.index ?? url.length
  const depth: Record<string, number> = { "(": 0, "[": 0, "{": 0 }
  const opening: Record<string, string> = { ")": "(", "]": "[", "}": "{" }
  let end = begin
  for (; end < url.length; end++) {
    const character = url[end] ?? ""
    const closed = opening[character]
    if (character in depth) depth[character] = (depth[character] ?? 0) + 1
    else if (closed !== undefined && --(depth[closed] as number) < 0) break
  }
  return url.slice(0, end).replace(ending, "")
}

/** Whether a name or an IPv4 address is one that Telegram makes a link of. */
function isHost(host: string, hasProtocol: boolean): boolean {
  const parts = host.split(".")
  if (parts.some((part) => part === "" || part.length > 63 || part.endsWith("-"))) return false
  if (parts.every((part) => /^\d+$/.test(part))) {
    return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  }
  const last = parts.at(-1) ?? ""
  if (/_/.test(parts.at(-2) ?? "")) return false
  if (/^xn--/i.test(last)) return /^xn--[a-z0-9]{2,}$/i.test(last)
  if (/^.?$/u.test(last) || /[_-]/.test(last)) return false
  return hasProtocol || topLevelDomains.has(last.toLowerCase())
}
