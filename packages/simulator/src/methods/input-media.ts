import type { Message } from "@grammyjs/types"
import type { Call } from "../api/method.ts"
import type { FileField } from "../chats/media.ts"
import { Fields } from "../text/fields.ts"
import { Malformed } from "../text/refusal.ts"
import { captionFields, type Formatted, formattedField } from "./formatted.ts"
import { inputMedia } from "./media.ts"

/** An `InputMedia` object, read. */
export interface InputMedia {
  type: string
  content: Partial<Message>
  caption: Formatted
}

/** The types of `InputMedia`, which are also the fields that they become. */
const types: readonly FileField[] = ["photo", "video", "animation", "audio", "document"]

/** Reads an `InputMedia` object, a file with its caption; throws {@link Malformed} if it is none. */
export function inputMediaOf(call: Call, value: unknown, inAlbum: boolean): InputMedia {
  const fields = Fields.of(value, "expected an Object")
  const caption = formattedField(call.world, fields, "caption", "caption_entities")
  const type = fields.requiredString("type")
  const file = fileOf(call, type, fields, inAlbum)
  const visual = type !== "audio" && type !== "document"
  const asked = (name: string) => visual && fields.boolean(name)
  const spoiler = asked("has_spoiler") && { has_media_spoiler: true as const }
  return {
    type,
    caption,
    content: { ...file, ...captionFields(caption, asked("show_caption_above_media")), ...spoiler },
  }
}

/** The file of an `InputMedia` or `InputPaidMedia` object. */
export function fileOf(call: Call, type: string, fields: Fields, inAlbum = false): Partial<Message> {
  const details = (name: string) => fields.string(name)
  if (type === "live_photo") return livePhoto(call, details)
  const field = types.find((one) => one === type)
  if (details("media") === "") throw new Malformed("media not found")
  if (!field) throw new Malformed(`type "${type}" is unsupported`)
  if (inAlbum && type === "animation") throw new Malformed(`type "${type}" can't be used in sendMediaGroup`)
  const media = inputMedia(call, field, details("media"), details)
  if (!media) throw new Malformed("media not found")
  return media
}

function livePhoto(call: Call, details: (name: string) => string): Partial<Message> {
  const video = inputMedia(call, "video", details("media"), details)?.video
  if (!video) throw new Malformed("media not found")
  const photo = inputMedia(call, "photo", details("photo"), details)?.photo
  if (!photo) throw new Malformed("photo not found")
  return { live_photo: { ...video, photo }, photo }
}
