import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { UploadedFile } from "../api/parameters.ts"
import type { StoredFile } from "../chats/files.ts"
import { mediaType } from "../chats/media-type.ts"
import { type FileField, sortOf, storeFile } from "../chats/media.ts"

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
  const usual = sortOf(field)
  const name = upload.name || usual.name
  const type = mediaType(name, upload.type, usual.type)
  return storeFile(world, field, { name, type, bytes: upload.bytes }, details)
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
  const real = file.field ?? field
  if (real !== field && [real, field].some((one) => one === "photo" || one === "sticker")) {
    throw badRequest(`can't use file of type ${sortOf(real).word} as ${sortOf(field).word}`)
  }
  return file
}
