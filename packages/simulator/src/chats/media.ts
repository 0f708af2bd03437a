import type { Message, PhotoSize } from "@grammyjs/types"
import type { StoredFile } from "./files.ts"
import { imageSize } from "./image-size.ts"
import type { World } from "./world.ts"

/** The fields of a message that hold a file. */
export type FileField = "photo" | "document" | "video" | "animation" | "audio" | "voice" | "video_note" | "sticker"

/** How a file is stored if nothing else is known of it, and what its message tells of it then. */
interface Sort {
  /** Telegram's word for it, in errors. */
  readonly word: string
  readonly folder: string
  readonly name: string
  readonly type: string
  readonly tells: Readonly<Record<string, unknown>>
  /** Whether its message also tells the file's media type, or that and its name. */
  readonly also: "nothing" | "type" | "type and name"
}

function sort(
  word: string,
  path: `${string}/${string}`,
  type: string,
  tells: Sort["tells"],
  also: Sort["also"] = "nothing",
): Sort {
  const [folder = "", name = ""] = path.split("/")
  return { word, folder, name, type, tells, also }
}

const still = { type: "regular", width: 512, height: 512, is_animated: false, is_video: false }
const [wide, small] = [
  { duration: 5, width: 1280, height: 720 },
  { duration: 3, width: 480, height: 270 },
]

const sorts: Readonly<Record<FileField, Sort>> = {
  photo: sort("Photo", "photos/photo.jpg", "image/jpeg", { width: 1280, height: 960 }),
  document: sort("Document", "documents/document.bin", "application/octet-stream", {}, "type and name"),
  video: sort("Video", "videos/video.mp4", "video/mp4", wide, "type and name"),
  animation: sort("Animation", "animations/animation.mp4", "video/mp4", small, "type and name"),
  audio: sort("Audio", "music/audio.mp3", "audio/mpeg", { duration: 180 }, "type and name"),
  voice: sort("VoiceNote", "voice/voice.oga", "audio/ogg", { duration: 3 }, "type"),
  video_note: sort("VideoNote", "video_notes/note.mp4", "video/mp4", { length: 240, duration: 5 }),
  sticker: sort("Sticker", "stickers/sticker.webp", "image/webp", still),
}

/** What is a picture, whose size the file itself tells. */
const pictures: ReadonlySet<FileField> = new Set(["photo", "sticker"])

/** How a file in this field is stored. */
export function sortOf(field: FileField): Sort {
  return sorts[field]
}

/** Stores a file that is sent in this field. */
export function storeFile(
  { files }: World,
  field: FileField,
  file: { name: string; type: string; bytes: Buffer },
  details: Readonly<Record<string, unknown>>,
): StoredFile {
  return files.add(sorts[field].folder, { ...file, field }, details)
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
  const { tells, also } = sorts[field]
  const told: Record<string, unknown> = {
    ...tells,
    ...(pictures.has(field) && imageSize(file.bytes)),
    ...(also === "type and name" && { file_name: file.name }),
    ...(also !== "nothing" && { mime_type: file.type }),
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
