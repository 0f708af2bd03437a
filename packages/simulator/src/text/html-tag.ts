import { Malformed, byteOffset } from "./refusal.ts"

/** A start tag. */
export interface Tag {
  readonly name: string
  /** Names as they were written; one without a value is "". */
  readonly attributes: Readonly<Record<string, string | undefined>>
}

const names = new Set(
  "a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote".split(" "),
)
const references: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' }

// White space is what Telegram's server takes for it, without \f.
const tagName = /[^ \t\r\n\v>]*/y
const spaces = /[ \t\r\n\v]*/y
const attributeName = /[^ \t\r\n\v=>/"']*/y
const nameToken = /[a-zA-Z0-9.-]*/y
const reference = /&(?:#x([\da-fA-F]*)|#(\d*)|([a-zA-Z]*))/y

function read(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ""
}

/** What stands for a character at an `&`, such as `&lt;` or `&#x2b50;`; an `&` that begins nothing known is one. */
export function decodeReference(source: string, at: number): { character: string; end: number } {
  reference.lastIndex = at
  const [whole = "&", hex, decimal, name] = reference.exec(source) ?? []
  const end = at + whole.length + (source[at + whole.length] === ";" ? 1 : 0)
  const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : 0
  const known = name === undefined ? code > 0 && code < 0x10ffff && whole.length < 10 : Object.hasOwn(references, name)
  if (!known) return { character: "&", end: at + 1 }
  return { character: name === undefined ? String.fromCodePoint(code) : (references[name] ?? ""), end }
}

/** @returns where the text goes on */
export function readEndTag(source: string, at: number, expected: string): number {
  const written = read(tagName, source, at + 2)
  const end = at + 2 + written.length
  const close = end + read(spaces, source, end).length
  const name = written.toLowerCase()
  if (source[close] !== ">") throw new Malformed(`Unclosed end tag at byte offset ${byteOffset(source, at)}`)
  if (name !== "" && name !== expected) {
    const where = byteOffset(source, at)
    throw new Malformed(`Unmatched end tag at byte offset ${where}, expected "</${expected}>", found "</${name}>"`)
  }
  return close + 1
}

export function readStartTag(source: string, begin: number): { tag: Tag; end: number } {
  const where = byteOffset(source, begin)
  const written = read(tagName, source, begin + 1)
  const name = written.toLowerCase()
  let at = begin + 1 + written.length
  if (at >= source.length) throw new Malformed(`Unclosed start tag at byte offset ${where}`)
  if (!names.has(name)) throw new Malformed(`Unsupported start tag "${name}" at byte offset ${where}`)

  const attributes: Record<string, string> = {}
  const skipSpaces = () => (at += read(spaces, source, at).length)
  while ((skipSpaces(), source[at] !== ">")) {
    const attribute = read(attributeName, source, at)
    if (attribute === "") throw new Malformed(`Empty attribute name in the tag "${name}" at byte offset ${where}`)
    at += attribute.length
    skipSpaces()
    const hasValue = source[at] === "="
    if (hasValue) at++
    skipSpaces()
    if (at >= source.length) throw new Malformed(`Unclosed start tag "${name}" at byte offset ${where}`)
    if (hasValue) {
      const { value, end } = readValue(source, at)
      at = end
      if (at >= source.length) throw new Malformed(`Unclosed start tag at byte offset ${where}`)
      attributes[attribute] = value
    } else attributes[attribute] = ""
  }
  if (name === "span" && attributes.class !== "tg-spoiler") {
    throw new Malformed(`Tag "span" must have class "tg-spoiler" at byte offset ${where}`)
  }
  return { tag: { name, attributes }, end: at + 1 }
}

/** An attribute's value: in quotes of either kind, or a name token, which is in lower case. */
function readValue(source: string, begin: number): { value: string; end: number } {
  const quote = source[begin]
  if (quote !== '"' && quote !== "'") {
    const token = read(nameToken, source, begin)
    const end = begin + token.length
    if (end < source.length && !/[ \t\r\n\v>]/.test(source[end] ?? "")) {
      throw new Malformed(`Unexpected end of name token at byte offset ${byteOffset(source, begin)}`)
    }
    return { value: token.toLowerCase(), end }
  }
  let value = ""
  let at = begin + 1
  while (at < source.length && source[at] !== quote) {
    const { character, end } =
      source[at] === "&" ? decodeReference(source, at) : { character: source[at] ?? "", end: at + 1 }
    value += character
    at = end
  }
  return { value, end: at + 1 }
}
