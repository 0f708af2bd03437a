import type { Body } from "../api/body.ts"
import { HttpError } from "../api/http-error.ts"

/** How a body's end is found. */
export interface Framing {
  /**
   * Passes on what belongs to the body.
   *
   * @returns how many bytes it is through with
   */
  read(bytes: Buffer, body: Body): number
  readonly isOver: boolean
}

/** So many bytes, as `Content-Length` says. */
export class LengthFraming implements Framing {
  #left: number

  constructor(length: number) {
    this.#left = length
  }

  get isOver(): boolean {
    return this.#left === 0
  }

  read(bytes: Buffer, body: Body): number {
    const part = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes
    this.#left -= part.length
    if (part.length > 0) body.push(part)
    return part.length
  }
}

/** How long a chunk's first line may be, without its CRLF: there is hardly room for an extension (facts, 3.1). */
const SIZE_LINE = 8

/** `Transfer-Encoding: chunked`. It ends with the last chunk: trailers are left for the next answer (facts, 3.1). */
export class ChunkedFraming implements Framing {
  /** What is left of the chunk, without its CRLF. */
  #left = 0
  #isLast = false
  #inChunk = false
  isOver = false

  read(bytes: Buffer, body: Body): number {
    let at = 0
    while (!this.isOver) {
      const read = this.#inChunk ? this.#readChunk(bytes, at, body) : this.#readSize(bytes, at)
      if (read === 0) break
      at += read
    }
    return at
  }

  #readSize(bytes: Buffer, at: number): number {
    const end = bytes.indexOf("\r\n", at, "latin1")
    const line = bytes.toString("latin1", at, end < 0 ? bytes.length : end)
    const isLong = line.length > SIZE_LINE + 1 || (line.length > SIZE_LINE && (end >= 0 || !line.endsWith("\r")))
    if (isLong) {
      throw new HttpError(400, `Bad Request: Too long length in chunked ${line}`)
    }
    if (end < 0) return 0
    // What is no number is 0, and so the last chunk.
    this.#left = Number.parseInt(/^[\da-f]*/i.exec(line)?.[0] || "0", 16)
    this.#isLast = this.#left === 0
    this.#inChunk = true
    return line.length + 2
  }

  #readChunk(bytes: Buffer, at: number, body: Body): number {
    if (this.#left === 0) {
      if (bytes.length < at + 2) return 0
      this.#inChunk = false
      this.isOver = this.#isLast
      return 2
    }
    const part = bytes.subarray(at, at + this.#left)
    this.#left -= part.length
    if (part.length > 0) body.push(part)
    return part.length
  }
}
