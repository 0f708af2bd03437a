import { dateTimeFormat, isIdentifier } from "./date-time.ts"
import { type Entity, type Parsed, sorted } from "./entity.ts"
import { type Tag, decodeReference, readEndTag, readStartTag } from "./html-tag.ts"
import { entitiesOfLink } from "./link.ts"
import { Malformed, byteOffset } from "./refusal.ts"

interface Open extends Tag {
  readonly offset: number
}

type Place = Pick<Entity, "offset" | "length">
/** What a tag makes of the text between it and its end. */
type Maker = (attributes: Tag["attributes"], place: Place, text: string) => Entity[]

const style =
  (type: Entity["type"]): Maker =>
  (_, place) => [{ type, ...place }]

const makers: Readonly<Record<string, Maker>> = {
  b: style("bold"),
  strong: style("bold"),
  i: style("italic"),
  em: style("italic"),
  u: style("underline"),
  ins: style("underline"),
  s: style("strikethrough"),
  strike: style("strikethrough"),
  del: style("strikethrough"),
  span: style("spoiler"),
  "tg-spoiler": style("spoiler"),
  pre: style("pre"),
  code: (attributes, place) => [{ type: "code", ...place, ...language(attributes) }],
  blockquote: (attributes, place) => [
    { type: "expandable" in attributes ? "expandable_blockquote" : "blockquote", ...place },
  ],
  a: ({ href }, place, text) => entitiesOfLink(href || text, place),
  "tg-emoji": customEmoji,
  "tg-time": dateTime,
}

/**
 * Reads Telegram's HTML.
 *
 * @throws Malformed in Telegram's words
 */
export function parseHtml(source: string): Parsed {
  const entities: Entity[] = []
  const open: Open[] = []
  let text = ""
  let at = 0
  while (at < source.length) {
    if (source[at] === "&") {
      const { character, end } = decodeReference(source, at)
      text += character
      at = end
    } else if (source.startsWith("</", at)) {
      const tag = open.pop()
      if (!tag) throw new Malformed(`Unexpected end tag at byte offset ${byteOffset(source, at)}`)
      at = readEndTag(source, at, tag.name)
      const { offset } = tag
      const content = text.slice(offset)
      if (content !== "") add(entities, makers[tag.name]?.(tag.attributes, { offset, length: content.length }, content))
    } else if (source[at] === "<") {
      const { tag, end } = readStartTag(source, at)
      open.push({ ...tag, offset: text.length })
      at = end
    } else text += source[at++]
  }
  const unclosed = open.at(-1)
  if (unclosed) throw new Malformed(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  if (/\p{Surrogate}/u.test(text)) {
    throw new Malformed(
      "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
    )
  }
  for (const one of entities) if (one.type === "code") delete one.language
  return { text, entities: sorted(entities) }
}

/** Adds what a tag made. `pre` and `code` around the same text are one block, in the language of the code. */
function add(entities: Entity[], [made]: Entity[] = []): void {
  if (!made) return
  const last = entities.at(-1)
  const other = { pre: "code", code: "pre" }[made.type as string]
  const name = made.language ?? last?.language
  if (last && last.type === other && name && last.offset === made.offset && last.length === made.length) {
    last.type = "pre"
    last.language = name
  } else entities.push(made)
}

function language({ class: name = "" }: Tag["attributes"]): Partial<Entity> {
  const found = /^language-(.+)$/s.exec(name)?.[1]
  return found ? { language: found } : {}
}

function customEmoji({ "emoji-id": id = "" }: Tag["attributes"], place: Place): Entity[] {
  if (!isIdentifier(id)) throw new Malformed("Invalid custom emoji identifier specified")
  return [{ type: "custom_emoji", ...place, custom_emoji_id: id }]
}

function dateTime({ unix = "", format = "" }: Tag["attributes"], place: Place): Entity[] {
  const date_time_format = dateTimeFormat(format)
  const unix_time = Number(/^\d*/.exec(unix)?.[0] ?? 0)
  return unix_time > 0 ? [{ type: "date_time", ...place, unix_time, date_time_format }] : []
}
