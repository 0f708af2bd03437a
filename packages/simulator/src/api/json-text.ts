/** How deep arrays and objects may nest. */
const DEPTH = 100

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }
const escape = /\\(?:u([\da-fA-F]{4})|([^]))/g
const number = /[-+.\d][-+.\deE]*/y

/** Walks over JSON as Telegram does: less strict than `JSON.parse`, and able to stop in the midst of it. */
export class JsonText {
  readonly #text: string
  #at = 0
  /** Where the next backslash is, at or after some place we were at. */
  #backslash = 0

  constructor(text: string) {
    this.#text = text
  }

  skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
      this.#at++
    }
  }

  /** Steps over a character if it is the next one. */
  skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  isNext(character: string): boolean {
    return this.#text[this.#at] === character
  }

  /** Reads a string. Characters that need no escape may have one, and control characters need none. */
  string(): string | undefined {
    if (!this.skip('"')) return undefined
    const start = this.#at
    let end = this.#text.indexOf('"', start)
    let from = start
    while (this.#nextBackslash(from) < end) {
      from = this.#backslash + 2
      if (end < from) end = this.#text.indexOf('"', from)
    }
    if (end < 0) return undefined
    this.#at = end + 1
    const raw = this.#text.slice(start, end)
    return from > start ? unescape(raw) : raw
  }

  /** Reads the source of any value, or nothing if it is broken or cut short. */
  source(): string | undefined {
    const start = this.#at
    return this.#skipValue(DEPTH) ? this.#text.slice(start, this.#at) : undefined
  }

  #skipValue(depth: number): boolean {
    if (depth < 0) return false
    this.skipSpace()
    switch (this.#text.charAt(this.#at)) {
      case '"':
        return this.string() !== undefined
      case "[":
        return this.#skipList("]", () => this.#skipValue(depth - 1))
      case "{":
        return this.#skipList("}", () => this.string() !== undefined && this.#skipMember(depth - 1))
      case "t":
        return this.#skipWord("true")
      case "f":
        return this.#skipWord("false")
      case "n":
        return this.#skipWord("null")
      default:
        return this.#skipNumber()
    }
  }

  #skipMember(depth: number): boolean {
    this.skipSpace()
    return this.skip(":") && this.#skipValue(depth)
  }

  #skipList(end: string, skipItem: () => boolean): boolean {
    this.#at++
    this.skipSpace()
    if (this.skip(end)) return true
    while (skipItem()) {
      this.skipSpace()
      if (this.skip(end)) return true
      if (!this.skip(",")) return false
      this.skipSpace()
    }
    return false
  }

  #skipWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false
    this.#at += word.length
    return true
  }

  #skipNumber(): boolean {
    number.lastIndex = this.#at
    if (!number.test(this.#text)) return false
    this.#at = number.lastIndex
    return true
  }

  #nextBackslash(from: number): number {
    if (this.#backslash < from) {
      const found = this.#text.indexOf("\\", from)
      this.#backslash = found < 0 ? Infinity : found
    }
    return this.#backslash
  }
}

/** What a string with escapes says, or nothing if one of them is broken. */
function unescape(raw: string): string | undefined {
  let broken = false
  const text = raw.replace(escape, (_, code: string | undefined, character: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    broken ||= character === "u"
    return escapes[character] ?? character
  })
  return broken ? undefined : text
}
