import type { InlineQueryResult, Message } from "@grammyjs/types"
import { type FileField, fileFields } from "../chats/media.ts"
import type { World } from "../chats/world.ts"
import { format } from "../text/format.ts"
import { fileContent } from "./media.ts"

/** Which field of a message a result's file stands in. */
const holders: Record<string, FileField> = {
  photo: "photo",
  gif: "animation",
  mpeg4_gif: "animation",
  video: "video",
  audio: "audio",
  voice: "voice",
  document: "document",
  sticker: "sticker",
}

/** The fields of a result that its place, contact or person is told by. */
type Told = Record<string, unknown>

/** The message that a result of an inline query becomes when it is chosen. */
export function resultContent(world: World, result: InlineQueryResult): Partial<Message> {
  const { type, reply_markup } = result
  const told = ("input_message_content" in result ? result.input_message_content : undefined) ?? result
  const content = "input_message_content" in result && result.input_message_content ? undefined : holders[type]
  const made = content
    ? fileResult(world, content, result as unknown as Told)
    : toldContent(world, told as unknown as Told)
  return { ...made, ...(reply_markup && { reply_markup }) }
}

/** What is told in words and numbers: a text, a place, a contact, an invoice, a game. */
function toldContent(world: World, told: Told): Partial<Message> {
  const { id: _, type: __, reply_markup: ___, title, description, address, ...rest } = told
  if (typeof told.message_text === "string") {
    const { text, entities } = format(told.message_text, asText(told.parse_mode), told.entities, world.users)
    return { text, ...(entities.length > 0 && { entities }) }
  }
  if ("latitude" in told) {
    const { latitude, longitude, foursquare_id, foursquare_type, google_place_id, google_place_type, ...more } = rest
    const place = defined({ foursquare_id, foursquare_type, google_place_id, google_place_type })
    const location = { latitude, longitude, ...(address === undefined && more) }
    return {
      location,
      ...(address !== undefined && { venue: { location, title, address, ...place } }),
    } as Partial<Message>
  }
  if ("phone_number" in told) {
    const { phone_number, first_name, last_name, vcard } = told
    return { contact: defined({ phone_number, first_name, last_name, vcard }) } as object
  }
  if (Array.isArray(told.prices)) {
    const total_amount = (told.prices as { amount: number }[]).reduce((sum, { amount }) => sum + amount, 0)
    return {
      invoice: { title, description, start_parameter: "", currency: told.currency, total_amount },
    } as Partial<Message>
  }
  if ("rich_message" in told) return { rich_message: told.rich_message } as Partial<Message>
  return { game: { title: asText(told.game_short_name), description: "", photo: [] } } as object
}

/** A file, named by its `file_id` or by an address from which Telegram would have fetched it. */
function fileResult(world: World, field: FileField, result: Told): Partial<Message> {
  const { type, caption, parse_mode, caption_entities, title, performer, mime_type } = result
  const known = world.files.byId(String(result[`${String(type).replace("_gif", "")}_file_id`]))
  const named = (name: string) => result[`${String(type).replace("_gif", "")}_${name}`]
  const more = defined({ width: named("width"), height: named("height"), duration: named("duration") })
  const audio = field === "audio" ? defined({ title, performer }) : {}
  const fetched = { bytes: new Uint8Array(), ...(typeof mime_type === "string" && { type: mime_type }) }
  const shown = format(asText(caption), asText(parse_mode), caption_entities, world.users)
  return {
    ...(known ? fileFields(field, known) : fileContent(world, field, { ...fetched, ...more, ...audio })),
    ...(shown.text !== "" && { caption: shown.text }),
    ...(shown.entities.length > 0 && { caption_entities: shown.entities }),
  }
}

function defined(fields: Told): Told {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : ""
}
