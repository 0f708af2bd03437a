import { emojiOrTime } from "./date-time.ts"
import { type Entity, type Parsed, sorted } from "./entity.ts"
import { entitiesOfLink } from "./link.ts"
import { type MarkedType, closings, codeBlockStart, names, openings } from "./markdown-marks.ts"
import { Malformed, byteOffset } from "./refusal.ts"

/** What a backslash before it makes an ordinary character. */
const escapable = /^[^\0\u007f-\uffff]$/
const urlInParentheses = /^((?:\\[^\0\u007f-\uffff]|\\(?=[\0\u007f-\uffff])|[^)\\])*)\)/

interface Open {
  readonly type: MarkedType
  readonly offset: number
  /** Where it began in the source. */
  readonly at: number
  readonly language?: string
}

/**
 * Reads `MarkdownV2`.
 *
 * @throws Malformed with Telegram's words
 */
export function parseMarkdownV2(source: string): Parsed {
  return new Reader(source).read()
}

class Reader {
  readonly #source: string
  readonly #entities: Entity[] = []
  readonly #open: Open[] = []
  #text = ""
  #at = 0
  #atLineStart = true

  constructor(source: string) {
    this.#source = source
  }

  read(): Parsed {
    while (this.#at < this.#source.length) this.#readNext()
    if (this.#inQuotation) this.#endQuotation()
    const unclosed = this.#open.at(-1)
    if (unclosed) throw noEnd(this.#source, unclosed)
    return { text: this.#text, entities: sorted(this.#entities) }
  }

  #readNext(): void {
    const character = this.#source[this.#at] ?? ""
    const innermost = this.#open.at(-1)?.type
    const reserved = innermost === "code" || innermost === "pre" ? "`" : "_*[]()~`>#+-=|{}.!\n"
    if (character === "\\" && escapable.test(this.#source[this.#at + 1] ?? "")) {
      this.#at++
      this.#take(this.#source[this.#at] ?? "")
    } else if (!reserved.includes(character)) this.#take(character)
    else if (character === "\n" && this.#inQuotation && this.#source[this.#at + 1] !== ">") {
      this.#endQuotation()
    } else if (innermost && innermost !== "blockquote" && this.#skip(closings[innermost])) this.#close()
    else this.#begin(character)
  }

  get #inQuotation(): boolean {
    return this.#open.some(({ type }) => type === "blockquote")
  }

  #take(characters: string): void {
    this.#text += characters
    this.#at += characters.length
    if (characters !== "\r") this.#atLineStart = characters === "\n"
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#source)) return false
    this.#at = pattern.lastIndex
    return true
  }

  #begin(character: string): void {
    const at = this.#at
    const place = { offset: this.#text.length, at }
    const opening = openings.find(([mark]) => this.#source.startsWith(mark, at))
    if (opening) {
      const [mark, type] = opening
      const { language, start } =
        type === "pre" ? codeBlockStart(this.#source, at + mark.length) : { language: "", start: at + mark.length }
      this.#open.push({ type, ...place, ...(language && { language }) })
      this.#at = start
    } else if (character === "\n") this.#take(character)
    else if (character === ">" && this.#atLineStart) {
      if (!this.#inQuotation) this.#open.push({ type: "blockquote", ...place })
      this.#at++
    } else throw new Malformed(`Character '${character}' is reserved and must be escaped with the preceding '\\'`)
  }

  #close(): void {
    const open = this.#open.pop()
    if (!open) return
    const { type, offset, language } = open
    const place = { offset, length: this.#text.length - offset }
    const made =
      type === "text_link" ? this.#link(place) : [{ ...this.#traits(type), ...place, ...(language && { language }) }]
    if (place.length > 0) this.#entities.push(...made)
  }

  #link(place: Pick<Entity, "offset" | "length">): Entity[] {
    const url = this.#source[this.#at] === "(" ? this.#readUrl() : this.#text.slice(place.offset)
    return entitiesOfLink(url, place)
  }

  #traits(type: MarkedType): Pick<Entity, "type"> {
    if (type !== "custom_emoji") return { type }
    if (this.#source[this.#at] !== "(") throw new Malformed("The entity must contain a tg://emoji or tg://time URL")
    return emojiOrTime(this.#readUrl())
  }

  /** The address in parentheses that stands here. */
  #readUrl(): string {
    const begin = this.#at + 1
    const [whole, url = ""] = urlInParentheses.exec(this.#source.slice(begin)) ?? []
    if (whole === undefined) {
      throw new Malformed(`Can't find end of a URL at byte offset ${byteOffset(this.#source, begin)}`)
    }
    this.#at = begin + whole.length
    return url.replace(/\\([^\0\u007f-\uffff])/g, "$1")
  }

  /**
   * A quotation ends here, with the line break, if there is one. Two bars before it, which would begin a spoiler, make it
   * one that is collapsed at first.
   */
  #endQuotation(): void {
    const last = this.#open.at(-1)
    const end = this.#source[this.#at - 1] === "\r" ? this.#at - 1 : this.#at
    const expandable = last?.type === "spoiler" && last.at === end - 2
    if (expandable) this.#open.pop()
    const quotation = this.#open.pop()
    if (!quotation) return
    if (quotation.type !== "blockquote") throw noEnd(this.#source, quotation)
    if (this.#at < this.#source.length) this.#take("\n")
    const { offset } = quotation
    const length = this.#text.length - offset
    if (length > 0) this.#entities.push({ type: expandable ? "expandable_blockquote" : "blockquote", offset, length })
  }
}

function noEnd(source: string, { type, at, language }: Open): Malformed {
  const name = language ? "PreCode" : names[type]
  return new Malformed(`Can't find end of ${name} entity at byte offset ${byteOffset(source, at)}`)
}
