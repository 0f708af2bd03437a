import type { Message } from "@grammyjs/types"
import { mediaType } from "./media-type.ts"
import { type FileField, fileFields, sortOf, storeFile } from "./media.ts"
import type { World } from "./world.ts"

/** A file that a person sends: its bytes, or these with a name, a media type, and fields of Telegram's such as `duration`. */
export type FileInput = Uint8Array | ({ bytes: Uint8Array; name?: string; type?: string } & Record<string, unknown>)

/** Whether something is a file to be sent, and not one that was sent before, in Telegram's own shape. */
export function isFileInput(value: unknown): value is FileInput {
  return value instanceof Uint8Array || (typeof value === "object" && value !== null && "bytes" in value)
}

/** Stores a file; returns the fields that its message has. */
export function fileContent(world: World, field: FileField, input: FileInput): Partial<Message> {
  const usual = sortOf(field)
  const {
    bytes,
    name = usual.name,
    type = mediaType(name, "", usual.type),
    ...details
  } = input instanceof Uint8Array ? { bytes: input } : input
  return fileFields(field, storeFile(world, field, { name, type, bytes: Buffer.from(bytes) }, details))
}
