import type { Message, RichBlock, RichMessage } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Fields } from "../text/fields.ts"
import { readOrRefuse } from "../text/refusal.ts"
import { object } from "./json.ts"

/**
 * The `rich_message` of a call. Blocks are kept as they are; HTML and Markdown are not read, but become paragraphs of their
 * bare text, one for each line.
 */
export function richMessage(call: Call): Partial<Message> {
  const given = object(call, "rich_message", "rich message")
  return { rich_message: readOrRefuse(() => readRichMessage(given)) }
}

function readRichMessage(given: Fields): RichMessage {
  const written = given.string("html").replaceAll(/<[^>]*>/g, "\n") || given.string("markdown")
  const lines = written.split("\n").filter((line) => line.trim() !== "")
  const paragraphs = lines.map((text): RichBlock => ({ type: "paragraph", text: text.trim() }))
  const blocks = [...(given.array("blocks") as RichBlock[]), ...paragraphs]
  if (blocks.length === 0) throw badRequest("message text is empty")
  return { blocks, ...(given.boolean("is_rtl") && { is_rtl: true as const }) }
}
