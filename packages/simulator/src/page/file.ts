import type { ServerResponse } from "node:http"
import type { StoredFile } from "../chats/files.ts"
import { respond } from "./respond.ts"

/** What a browser shows or plays without running anything that is in it. */
const shown = /^(?:image\/(?:png|jpeg|gif|webp|avif)|audio\/[\w.-]+|video\/(?:mp4|webm|ogg))$/

/** Answers with a file that was sent; what a browser might run, such as HTML and SVG, is only ever saved. */
export function respondFile(response: ServerResponse, file: StoredFile): void {
  const inline = shown.test(file.type)
  const name = encodeURIComponent(file.name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  respond(response, 200, inline ? file.type : "application/octet-stream", file.bytes, {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": `${inline ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
  })
}
