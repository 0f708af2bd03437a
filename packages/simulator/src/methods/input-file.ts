import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { UploadedFile } from "../api/parameters.ts"
import type { StoredFile } from "../chats/files.ts"
import { type FileField, sortOf } from "../chats/media.ts"

/** Telegram's words for the sorts of files. */
const words: Record<FileField, string> = {
  photo: "Photo",
  document: "Document",
  video: "Video",
  animation: "Animation",
  audio: "Audio",
  voice: "VoiceNote",
  video_note: "VideoNote",
  sticker: "Sticker",
}

/**
 * The file that a call gives: an upload, a `file_id`, or an address. What is at the address is not fetched: the file's
 * content is the address.
 *
 * @param given `attach://` and the name of an upload, a `file_id`, or an address
 * @param name of the upload that is meant when nothing is given
 * @param details what is told of the file, such as its `duration`
 * @returns nothing if there is no such upload
 */
export function inputFile(
  call: Call,
  field: FileField,
  given: string,
  name = "",
  details: Record<string, unknown> = {},
): StoredFile | undefined {
  const attached = given.startsWith("attach://")
  if (given !== "" && !attached)
    return given.includes(".") ? byAddress(call, field, given, details) : byId(call, field, given)
  const upload = call.parameters.files.get(attached ? given.slice("attach://".length) : name)
  return upload && store(call, field, upload, details)
}

function store({ world }: Call, field: FileField, upload: UploadedFile, details: Record<string, unknown>): StoredFile {
  if (upload.bytes.length === 0) throw badRequest("file must be non-empty")
  const { folder, name, type } = sortOf(field)
  const file = { name: upload.name || name, type: upload.type || type, bytes: upload.bytes }
  return world.files.add(folder, file, details)
}

function byAddress(call: Call, field: FileField, address: string, details: Record<string, unknown>): StoredFile {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw badRequest("invalid file HTTP URL specified: Unsupported URL protocol")
  }
  const name = url.pathname.split("/").at(-1) ?? ""
  return store(call, field, { name, type: "", bytes: Buffer.from(address) }, details)
}

function byId({ world }: Call, field: FileField, id: string): StoredFile {
  if (!/^[\w-]+$/.test(id)) throw badRequest("wrong remote file identifier specified: Wrong character in the string")
  const file = world.files.byId(id)
  if (!file) throw badRequest("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
  const real = fieldOf(file)
  if (real && real !== field && [real, field].some((one) => one === "photo" || one === "sticker")) {
    throw badRequest(`can't use file of type ${words[real]} as ${words[field]}`)
  }
  return file
}

/** The sort that a file was stored as. */
function fieldOf({ file_path }: StoredFile): FileField | undefined {
  const fields = Object.keys(words) as FileField[]
  return fields.find((field) => file_path.startsWith(`${sortOf(field).folder}/`))
}
