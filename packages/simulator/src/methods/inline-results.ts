import type { InlineQueryResult } from "@grammyjs/types"
import type { World } from "../chats/world.ts"
import { Fields, isObject } from "../text/fields.ts"
import { replyMarkup } from "../text/reply-markup.ts"
import { Malformed } from "../text/refusal.ts"
import { formattedField } from "./formatted.ts"

/** The fields that a result of each type must have. Of two names, one is enough. */
const needs: Record<string, readonly string[]> = {
  article: ["title"],
  audio: ["audio_url|audio_file_id"],
  contact: ["phone_number", "first_name"],
  document: ["title", "document_url|document_file_id"],
  game: ["game_short_name"],
  gif: ["gif_url|gif_file_id"],
  location: ["latitude", "longitude", "title"],
  mpeg4_gif: ["mpeg4_url|mpeg4_file_id"],
  photo: ["photo_url|photo_file_id"],
  sticker: ["sticker_file_id"],
  venue: ["latitude", "longitude", "title", "address"],
  video: ["title", "video_url|video_file_id"],
  voice: ["title", "voice_url|voice_file_id"],
}

/** The fields by one of which a result's own message is known. */
const contents = ["message_text", "latitude", "phone_number", "payload", "rich_message"]

/** Reads a result of an inline query; throws {@link Malformed} if it is none. */
export function inlineResult(world: World, value: unknown): InlineQueryResult {
  const fields = Fields.of(value, "Inline query result must be an object")
  const type = fields.requiredString("type").toLowerCase()
  const id = fields.requiredString("id")
  const wanted = needs[type]
  if (!wanted) throw new Malformed(`type "${type}" is unsupported for the inline query result`)
  checkContent(world, type, fields)
  for (const names of wanted) needOne(fields, names.split("|"))
  if (fields.has("reply_markup")) replyMarkup(fields.value("reply_markup"))
  return { ...(value as object), type, id } as InlineQueryResult
}

/** Of several fields one must be there; Telegram misses the last. */
function needOne(fields: Fields, names: string[]): void {
  if (!names.some((name) => fields.string(name) !== "")) throw new Malformed(`Can't find field "${names.at(-1)}"`)
}

function checkContent(world: World, type: string, fields: Fields): void {
  const given = fields.value("input_message_content")
  const message = isObject(given) ? new Fields(given) : fields
  if (type === "article" && message === fields) fields.required("message_text")
  if (type === "article" && !contents.some((name) => message.has(name))) {
    throw new Malformed("Input message content is not specified")
  }
  if (message.value("message_text") === "") throw new Malformed("Message text is empty")
  formattedField(world, message, "message_text", "entities")
  formattedField(world, fields, "caption", "caption_entities")
}
