import type { InlineQueryResult, LabeledPrice, Message } from "@grammyjs/types"
import { format } from "../text/format.ts"
import { defined } from "./defined.ts"
import { fileContent } from "./file-input.ts"
import { type InvoiceTerms, payButton, total } from "./invoice.ts"
import { type FileField, fileFields } from "./media.ts"
import type { World } from "./world.ts"

/** Which field of a message a result's file stands in. */
const holders: Readonly<Record<string, FileField>> = {
  photo: "photo",
  gif: "animation",
  mpeg4_gif: "animation",
  video: "video",
  audio: "audio",
  voice: "voice",
  document: "document",
  sticker: "sticker",
}

/** The fields of a result, or of the `input_message_content` that it has instead of its own. */
type Told = Readonly<Record<string, unknown>>

/** The message that a result of an inline query becomes when it is chosen. */
export function resultContent(world: World, result: InlineQueryResult): Partial<Message> {
  const told = toldBy(result)
  const field = "type" in told ? holders[result.type] : undefined
  const content = field ? fileResult(world, field, told) : toldContent(world, told)
  const reply_markup = result.reply_markup ?? (content.invoice && payButton(content.invoice))
  return { ...content, ...(reply_markup && { reply_markup }) }
}

/** What an invoice among the results of an inline query asks for. */
export function resultInvoice(result: InlineQueryResult): InvoiceTerms | undefined {
  const told = toldBy(result)
  return "payload" in told && "prices" in told ? (told as unknown as InvoiceTerms) : undefined
}

function toldBy(result: InlineQueryResult): Told {
  return {
    ...("input_message_content" in result && result.input_message_content ? result.input_message_content : result),
  }
}

/** What is told in words and numbers. */
function toldContent(world: World, told: Told): Partial<Message> {
  if (told.message_text !== undefined) {
    const { text, entities } = format(asText(told.message_text), asText(told.parse_mode), told.entities, world.users)
    return { text, ...(entities.length > 0 && { entities }) }
  }
  const content = others.find(([name]) => name in told)?.[1](told)
  return content ?? { game: { title: asText(told.game_short_name), description: "", photo: [] } }
}

/** What a message is that has such a field. */
const others: readonly (readonly [name: string, content: (told: Told) => object])[] = [
  ["latitude", placeOf],
  ["phone_number", (told) => ({ contact: pick(told, ["phone_number", "first_name", "last_name", "vcard"]) })],
  ["prices", (told) => ({ invoice: invoiceOf(told) })],
  ["rich_message", ({ rich_message }) => ({ rich_message })],
]

function placeOf(told: Told): object {
  const point = pick(told, ["latitude", "longitude"])
  if (told.address === undefined) {
    const movement = ["horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"]
    return { location: { ...point, ...pick(told, movement) } }
  }
  const ids = ["foursquare_id", "foursquare_type", "google_place_id", "google_place_type"]
  return { location: point, venue: { location: point, ...pick(told, ["title", "address", ...ids]) } }
}

function invoiceOf(told: Told): object {
  const shown = { ...pick(told, ["title", "description"]), start_parameter: "", currency: told.currency }
  return { ...shown, total_amount: total(told.prices as LabeledPrice[]) }
}

/** A file, named by its `file_id` or by an address from which Telegram would have fetched it. */
function fileResult(world: World, field: FileField, told: Told): Partial<Message> {
  const sort = asText(told.type).replace("_gif", "")
  const known = world.files.byId(asText(told[`${sort}_file_id`]))
  const size = { width: told[`${sort}_width`], height: told[`${sort}_height`], duration: told[`${sort}_duration`] }
  const fetched = {
    bytes: Buffer.from(asText(told[`${sort}_url`])),
    ...(typeof told.mime_type === "string" && { type: told.mime_type }),
    ...defined(size),
    ...(field === "audio" && pick(told, ["title", "performer"])),
  }
  const { text, entities } = format(asText(told.caption), asText(told.parse_mode), told.caption_entities, world.users)
  return {
    ...(known ? fileFields(field, known) : fileContent(world, field, fetched)),
    ...(text !== "" && { caption: text }),
    ...(entities.length > 0 && { caption_entities: entities }),
  }
}

function pick(told: Told, names: readonly string[]): object {
  return defined(Object.fromEntries(names.map((name) => [name, told[name]])))
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : ""
}
