import type { Collector } from "./collector.ts"
import { parseContentDisposition } from "./content-disposition.ts"
import { parseForm, percentDecode } from "./form.ts"
import { parseHeaderLines } from "./header-lines.ts"
import { HttpError } from "./http-error.ts"

/** How large the headers of all parts together may be, in bytes (facts, 8.2). */
const HEADER_BYTES = 262_144
/** How long a boundary may be. */
const BOUNDARY = 70

/**
 * Finds the boundary in a `Content-Type`.
 *
 * @param contentType one byte per character
 */
export function multipartBoundary(contentType: string): string {
  const word = contentType.toLowerCase().indexOf("boundary")
  if (word < 0) throw new HttpError(400, "Bad Request: boundary not found")
  const sign = contentType.indexOf("=", word)
  if (sign < 0) throw new HttpError(400, "Bad Request: boundary value not found")
  const boundary = /^(?:"([^;]*)"|([^;]*))(?:;|$)/.exec(contentType.slice(sign + 1))
  const value = boundary?.[1] ?? boundary?.[2] ?? ""
  if (value === "" || value.length > BOUNDARY) throw new HttpError(400, "Bad Request: boundary too big or empty")
  return value
}

/** Reads a body of `multipart/form-data`: fields, and files with their bytes. */
export function parseMultipart(bytes: Buffer, boundary: string, collector: Collector): void {
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1")
  let headerBytes = 0
  let at = after(bytes, delimiter.subarray(2), 0)
  while (bytes.toString("latin1", at, at + 2) !== "--") {
    const headersEnd = bytes.indexOf("\r\n\r\n", at, "latin1")
    headerBytes += (headersEnd < 0 ? bytes.length : headersEnd) - at
    if (headerBytes > HEADER_BYTES) {
      throw new HttpError(431, "Request Header Fields Too Large: total headers size exceeded")
    }
    if (headersEnd < 0) throw unexpectedEnd()
    if (headersEnd === at) throw new HttpError(400, "Bad Request: headers in multipart/form-data are empty")
    const part = parsePartHeaders(bytes.toString("latin1", at + 2, headersEnd + 2))
    const start = headersEnd + 4
    at = after(bytes, delimiter, start)
    addPart(part, bytes.subarray(start, at - delimiter.length), collector)
  }
}

interface Part {
  readonly name: string
  readonly type: string
  readonly fileName: string | undefined
}

function parsePartHeaders(text: string): Part {
  const lines = parseHeaderLines(text)
  if (!lines) throw new HttpError(400, "Bad Request: can't parse form data headers")
  const headers = new Map(lines)
  const disposition = parseContentDisposition(headers.get("content-disposition") ?? "form-data;")
  const name = disposition.get("name")
  if (!name) throw new HttpError(400, "Bad Request: field name in multipart/form-data not found")
  const type = headers.get("content-type") ?? "application/octet-stream"
  return { name, type: percentDecode(type, false), fileName: disposition.get("filename") }
}

function addPart({ name, type, fileName }: Part, bytes: Buffer, collector: Collector): void {
  if (fileName !== undefined) return collector.file(name, { name: fileName, type, bytes })
  collector.count(bytes.length, " in form data")
  // A field may be a form of its own.
  if (type.startsWith("application/x-www-form-urlencoded")) return parseForm(bytes.toString("latin1"), collector)
  collector.text(name, bytes.toString())
}

/** Where what is sought ends. */
function after(bytes: Buffer, sought: Buffer, from: number): number {
  const found = bytes.indexOf(sought, from)
  if (found < 0) throw unexpectedEnd()
  return found + sought.length
}

function unexpectedEnd(): HttpError {
  return new HttpError(400, "Bad Request: unexpected end of request content")
}
