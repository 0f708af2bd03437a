import { constants, unzipSync } from "node:zlib"
import { type Collector, PARAMETER_BYTES, tooManyParameters } from "./collector.ts"
import { parseForm } from "./form.ts"
import { HttpError } from "./http-error.ts"
import { parseJsonPairs } from "./json-pairs.ts"
import { multipartBoundary, parseMultipart } from "./multipart.ts"

/** How large a file, or a body that is of no use, may be, in bytes (facts, 3.1). */
const FILE_BYTES = 4_194_304_000

/** The headers that say how to read a body: "" for those that are missing, one byte per character. */
export interface BodyHeaders {
  readonly contentType: string
  readonly contentEncoding: string
}

/** Which of the four ways of reading a body a part of its `Content-Type` asks for; the first one counts (facts, 4). */
const readers = [
  ["multipart/form-data", "multipart"],
  ["application/x-www-form-urlencoded", "form"],
  ["application/json", "json"],
  ["", "ignored"],
] as const

/** The body of a request or an answer, as it comes in. Throws {@link HttpError}s at the limits of the facts, 3.1. */
export class Body {
  readonly #reader: (typeof readers)[number][1]
  readonly #encoded: boolean
  readonly #boundary: string
  readonly #collector: Collector
  readonly #kept: Buffer[] = []
  #size = 0

  /** @param collector where the parameters go */
  constructor({ contentType, contentEncoding }: BodyHeaders, collector: Collector) {
    const encoding = contentEncoding.toLowerCase()
    if (!["", "none", "gzip", "deflate"].includes(encoding)) {
      throw new HttpError(415, "Unsupported Media Type: unsupported content-encoding")
    }
    const type = contentType.toLowerCase()
    this.#reader = readers.find(([part]) => type.includes(part))?.[1] ?? "ignored"
    this.#encoded = encoding === "gzip" || encoding === "deflate"
    this.#boundary = this.#reader === "multipart" ? multipartBoundary(contentType) : ""
    this.#collector = collector
  }

  push(bytes: Buffer): void {
    const room = this.#isUseless ? Math.max(PARAMETER_BYTES - this.#size, 0) : Infinity
    this.#size += bytes.length
    if (this.#isUseless && this.#size > FILE_BYTES) throw tooBig(this.#size)
    // Files may make a body with parts larger than that.
    if (this.#isText && this.#size > PARAMETER_BYTES) throw tooManyParameters()
    // Even what is of no use fails if it is no gzip, but its beginning is enough to see that.
    if (!this.#isUseless || this.#encoded) this.#kept.push(bytes.subarray(0, room))
  }

  /** Reads the parameters: all of the body is there. */
  end(): void {
    const whole = this.#kept.length === 1 && this.#kept[0] ? this.#kept[0] : Buffer.concat(this.#kept)
    const bytes = this.#encoded ? this.#decode(whole) : whole
    if (this.#reader === "multipart") return parseMultipart(bytes, this.#boundary, this.#collector)
    if (this.#isUseless) return
    this.#collector.count(bytes.length)
    if (this.#reader === "form") parseForm(bytes.toString("latin1"), this.#collector)
    else parseJsonPairs(bytes.toString(), this.#collector)
  }

  get #isUseless(): boolean {
    return this.#reader === "ignored"
  }

  get #isText(): boolean {
    return this.#reader === "form" || this.#reader === "json"
  }

  /** Gzip or zlib, whichever it is: the header does not matter. */
  #decode(bytes: Buffer): Buffer {
    const limit = this.#reader === "multipart" ? {} : { maxOutputLength: PARAMETER_BYTES }
    const cut = bytes.length < this.#size ? { finishFlush: constants.Z_SYNC_FLUSH } : {}
    try {
      return unzipSync(bytes, { ...limit, ...cut })
    } catch (error) {
      const { code, errno } = error as NodeJS.ErrnoException
      if (code !== "ERR_BUFFER_TOO_LARGE") throw new HttpError(400, `Bad Request: zlib error ${errno}`)
      if (this.#isUseless) return bytes
      throw tooManyParameters()
    }
  }
}

function tooBig(size: number): HttpError {
  return new HttpError(413, `Request Entity Too Large: file of size ${size} is too big to be uploaded`)
}
