import type { ContentFields } from "../people/content.ts"
import type { Fields } from "./fields.ts"

/** What apps send as a photo; any other file is sent as it is. */
const photos: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"])

/** The message that a file becomes: `name`, `type`, its bytes as base64 in `data`, and perhaps a `caption`. */
export function sentFile(fields: Fields): ContentFields {
  const { name = "file", type = "application/octet-stream", caption } = fields.given("name", "type", "caption")
  const data = fields.given("data").data ?? ""
  const file = { name, type, bytes: Buffer.from(data, "base64") }
  return { [photos.has(type) ? "photo" : "document"]: file, ...(caption !== undefined && { caption }) }
}
