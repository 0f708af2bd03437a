import type { MessageEntity, User } from "@grammyjs/types"
import { clean } from "./clean.ts"
import { detect } from "./detect.ts"
import { type Parsed, published } from "./entity.ts"
import { givenEntities } from "./given-entities.ts"
import { parseHtml } from "./html.ts"
import { parseMarkdownV2 } from "./markdown-v2.ts"
import { parseMarkdown } from "./markdown.ts"
import { nestFound } from "./nest.ts"
import { readOrRefuse, refusal } from "./refusal.ts"

const parsers: ReadonlyMap<string, (text: string) => Parsed> = new Map([
  ["html", parseHtml],
  ["markdown", parseMarkdown],
  ["markdownv2", parseMarkdownV2],
])

/** Telegram forgets the entities of a message beyond so many. */
const MOST_ENTITIES = 100

/**
 * What Telegram makes of a bot's text: without markup, trimmed, with what it finds by itself, such as commands and links.
 *
 * @param parseMode `HTML`, `MarkdownV2` or `Markdown` in any case, or "" to take the entities
 * @param entities the value of the parameter `entities`, whatever it is
 * @param users whom a mention by id can mean; of anybody else it is dropped
 * @returns an empty text if nothing visible is left of it
 * @throws ApiError in Telegram's words
 */
export function format(
  text: string,
  parseMode: string,
  entities: unknown,
  users: ReadonlyMap<number, User> = new Map(),
): { text: string; entities: MessageEntity[] } {
  const cleaned = readOrRefuse(() => clean(parse(text, parseMode.toLowerCase(), entities)))
  const found = detect(cleaned.text)
  const all = published(nestFound(cleaned.entities, found), users)
  return { text: cleaned.text, entities: all.slice(0, MOST_ENTITIES) }
}

function parse(text: string, mode: string, entities: unknown): Parsed {
  if (text === "" || mode === "" || mode === "none") return { text, entities: givenEntities(entities) }
  const parser = parsers.get(mode)
  if (!parser) throw refusal("Unsupported parse_mode")
  return readOrRefuse(() => parser(text), "Can't parse entities: ")
}
