/** The types of entities that `MarkdownV2` has marks for. */
export type MarkedType =
  | "underline"
  | "italic"
  | "bold"
  | "strikethrough"
  | "spoiler"
  | "custom_emoji"
  | "text_link"
  | "pre"
  | "code"
  | "blockquote"

/** What begins an entity, the longer before what it begins with. */
export const openings: readonly (readonly [mark: string, type: Exclude<MarkedType, "blockquote">])[] = [
  ["__", "underline"],
  ["_", "italic"],
  ["*", "bold"],
  ["~", "strikethrough"],
  ["||", "spoiler"],
  ["![", "custom_emoji"],
  ["[", "text_link"],
  ["```", "pre"],
  ["`", "code"],
]

/** What ends an entity. A quotation is ended by a line that does not begin with `>`. */
export const closings: Readonly<Record<Exclude<MarkedType, "blockquote">, RegExp>> = {
  underline: /__/y,
  italic: /_(?!_)/y,
  bold: /\*/y,
  strikethrough: /~/y,
  spoiler: /\|\|/y,
  custom_emoji: /\]/y,
  text_link: /\]/y,
  pre: /```/y,
  code: /`/y,
}

/** What Telegram's errors call an entity. */
export const names: Readonly<Record<MarkedType, string>> = {
  underline: "Underline",
  italic: "Italic",
  bold: "Bold",
  strikethrough: "Strikethrough",
  spoiler: "Spoiler",
  custom_emoji: "CustomEmoji",
  text_link: "TextUrl",
  pre: "Pre",
  code: "Code",
  blockquote: "BlockQuote",
}

/**
 * What follows the three backticks of a code block: a language, if white space ends it, and a line break, which does not
 * count.
 *
 * @returns where the code begins
 */
export function codeBlockStart(source: string, at: number): { language: string; start: number } {
  const rest = source.slice(at)
  const word = /^[^ \t\r\n\v`]+(?=[ \t\r\n\v])/.exec(rest)?.[0] ?? ""
  const lineBreak = /^(?:\r\n|\n\r|\n|\r)?/.exec(rest.slice(word.length))?.[0] ?? ""
  return { language: word, start: at + word.length + lineBreak.length }
}
