import type { Message } from "@grammyjs/types"
import type { Call } from "../api/method.ts"
import { type FileField, fileFields, fileIds, photoSizes } from "../chats/media.ts"
import { inputFile } from "./input-file.ts"

/** Where the fields that describe a file are read from: the parameters of a call, or an `InputMedia` object. */
export type Details = (name: string) => string

/** What a bot may tell of a file. */
const numbers = ["duration", "width", "height", "length", "start_timestamp"]
const texts = ["performer", "title", "emoji"]

/**
 * The fields of a message with a file that a call gives.
 *
 * @param given see {@link inputFile}
 * @param upload the name of the upload that is meant when nothing is given
 * @returns nothing if there is no such file
 */
export function inputMedia(
  call: Call,
  field: FileField,
  given: string,
  details: Details,
  upload = "",
): Partial<Message> | undefined {
  const file = inputFile(call, field, given, upload, describe(details))
  return file && fileFields(field, file, { ...thumbnail(call, field, details), ...cover(call, field, details) })
}

function describe(details: Details): Record<string, unknown> {
  const counted = numbers.map((name) => [name, Number.parseInt(details(name), 10)]).filter(([, value]) => value)
  const written = texts.map((name) => [name, details(name)]).filter(([, value]) => value)
  return Object.fromEntries([...counted, ...written]) as Record<string, unknown>
}

/** A small picture that the bot uploaded with the file. */
function thumbnail(call: Call, field: FileField, details: Details): object {
  if (field === "photo" || field === "sticker" || field === "voice") return {}
  const given = details("thumbnail")
  const file = inputFile(call, "photo", given.startsWith("attach://") ? given : "", "thumbnail")
  return file ? { thumbnail: { ...fileIds(file), width: 320, height: 320 } } : {}
}

/** The picture that a video shows before it plays. */
function cover(call: Call, field: FileField, details: Details): object {
  const file = field === "video" ? inputFile(call, "photo", details("cover")) : undefined
  return file ? { cover: photoSizes(file, { width: 1280, height: 720 }) } : {}
}
