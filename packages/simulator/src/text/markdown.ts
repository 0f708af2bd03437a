import type { Entity, Parsed } from "./entity.ts"
import { entitiesOfLink } from "./link.ts"
import { codeBlockStart } from "./markdown-marks.ts"
import { Malformed, byteOffset } from "./refusal.ts"

const types = { _: "italic", "*": "bold", "`": "code" } as const

/**
 * Reads the legacy `Markdown`, in which entities cannot be nested.
 *
 * @throws Malformed with Telegram's words
 */
export function parseMarkdown(source: string): Parsed {
  const entities: Entity[] = []
  let text = ""
  let at = 0
  while (at < source.length) {
    const mark = source[at] ?? ""
    if (mark === "\\" && /[_*`[]/.test(source[at + 1] ?? "")) {
      text += source[at + 1]
      at += 2
    } else if (mark === "_" || mark === "*" || mark === "`" || mark === "[") at = readEntity(mark, at)
    else {
      text += mark
      at++
    }
  }
  return { text, entities }

  /** @returns where the text goes on */
  function readEntity(mark: keyof typeof types | "[", begin: number): number {
    const isPre = source.startsWith("```", begin)
    const { language, start } = isPre ? codeBlockStart(source, begin + 3) : { language: "", start: begin + 1 }
    const closing = isPre ? "```" : mark === "[" ? "]" : mark
    const end = source.indexOf(closing, start)
    if (end < 0)
      throw new Malformed(`Can't find end of the entity starting at byte offset ${byteOffset(source, begin)}`)
    const content = source.slice(start, end)
    const place = { offset: text.length, length: content.length }
    text += content
    const isLink = mark === "[" && source[end + 1] === "("
    const urlEnd = isLink ? closingOf(end + 2) : end
    if (content !== "") {
      const url = isLink ? source.slice(end + 2, urlEnd) : content
      if (mark === "[") entities.push(...entitiesOfLink(url, place))
      else if (isPre) entities.push({ type: "pre", ...place, ...(language && { language }) })
      else entities.push({ type: types[mark], ...place })
    }
    return mark === "[" ? (content === "" ? end : urlEnd) + 1 : end + closing.length
  }

  /** The end of a link's address, which is also the end of the text if there is none. */
  function closingOf(begin: number): number {
    const found = source.indexOf(")", begin)
    return found < 0 ? source.length : found
  }
}
