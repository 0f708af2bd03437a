import type { Message, PhotoSize } from "@grammyjs/types"
import type { StoredFile } from "./files.ts"
import { imageSize } from "./image-size.ts"

/** How a file is stored if nothing else is known of it, and what its message tells of it then. */
interface Sort {
  readonly folder: string
  readonly name: string
  readonly type: string
  readonly tells: Record<string, unknown>
  /** Its message tells the file's name. */
  readonly named?: true
  /** Its message tells the file's media type. */
  readonly typed?: true
}

/** The fields of a message that hold a file. */
export type FileField = "photo" | "document" | "video" | "animation" | "audio" | "voice" | "video_note" | "sticker"

const sorts: Readonly<Record<FileField, Sort>> = {
  photo: { folder: "photos", name: "photo.jpg", type: "image/jpeg", tells: { width: 1280, height: 960 } },
  document: {
    folder: "documents",
    name: "document.bin",
    type: "application/octet-stream",
    tells: {},
    named: true,
    typed: true,
  },
  video: {
    folder: "videos",
    name: "video.mp4",
    type: "video/mp4",
    tells: { duration: 5, width: 1280, height: 720 },
    named: true,
    typed: true,
  },
  animation: {
    folder: "animations",
    name: "animation.mp4",
    type: "video/mp4",
    tells: { duration: 3, width: 480, height: 270 },
    named: true,
    typed: true,
  },
  audio: { folder: "music", name: "audio.mp3", type: "audio/mpeg", tells: { duration: 180 }, named: true, typed: true },
  voice: { folder: "voice", name: "voice.oga", type: "audio/ogg", tells: { duration: 3 }, typed: true },
  video_note: { folder: "video_notes", name: "note.mp4", type: "video/mp4", tells: { length: 240, duration: 5 } },
  sticker: {
    folder: "stickers",
    name: "sticker.webp",
    type: "image/webp",
    tells: { type: "regular", width: 512, height: 512, is_animated: false, is_video: false },
  },
}

/** What is a picture, whose size the file itself tells. */
const pictures: ReadonlySet<FileField> = new Set(["photo", "sticker"])

/** How a file in this field is stored. */
export function sortOf(field: FileField): Sort {
  return sorts[field]
}

/** Whether a field of a message holds a file. */
export function isFileField(field: string): field is FileField {
  return Object.hasOwn(sorts, field)
}

/**
 * The fields that a message with a file has.
 *
 * @param more what is to be told of it in this message, beside what is known of the file
 */
export function fileFields(field: FileField, file: StoredFile, more: Record<string, unknown> = {}): Partial<Message> {
  const { tells, named, typed } = sorts[field]
  const told: Record<string, unknown> = {
    ...tells,
    ...(pictures.has(field) && imageSize(file.bytes)),
    ...(named && { file_name: file.name }),
    ...(typed && { mime_type: file.type }),
    ...file.details,
    ...more,
    ...fileIds(file),
  }
  if (field === "photo") return { photo: photoSizes(file, told) }
  // Programs from before there were animations look for a document.
  const document = { file_name: file.name, mime_type: file.type, ...fileIds(file) }
  return { [field]: told, ...(field === "animation" && { document }) }
}

/** The sizes in which a photo is offered, the smallest first. They are all the same file. */
export function photoSizes(file: StoredFile, told: Record<string, unknown>): PhotoSize[] {
  const [width, height] = [Number(told.width), Number(told.height)]
  return [90, 320, 800, 1280]
    .map((longest) => Math.min(1, longest / Math.max(width, height)))
    .filter((scale, index, scales) => scales.indexOf(scale) === index)
    .map((scale) => photoSize(file, width * scale, height * scale))
}

function photoSize(file: StoredFile, width: number, height: number): PhotoSize {
  return { ...fileIds(file), width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
}

/** What every object of a file has. */
export function fileIds(file: StoredFile): Pick<StoredFile, "file_id" | "file_unique_id" | "file_size"> {
  const { file_id, file_unique_id, file_size } = file
  return { file_id, file_unique_id, file_size }
}
