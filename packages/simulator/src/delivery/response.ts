import { Body } from "../api/body.ts"
import { HttpError } from "../api/http-error.ts"
import { WebhookAnswer } from "./response-answer.ts"
import { ChunkedFraming, type Framing, LengthFraming } from "./response-framing.ts"
import { ResponseHead } from "./response-head.ts"

export { HttpError as ResponseError } from "../api/http-error.ts"
export { WebhookAnswer } from "./response-answer.ts"

/** How many bytes may stand before the empty line (facts, 3.1). */
const HEAD_BYTES = 262_144
/** What is not below this is too large, and a larger number is not told apart from it (facts, 3.1). */
const LENGTH = 4_294_967_295

const nothing: Buffer = Buffer.alloc(0)

/** An answer whose head was read, and how its body is being read. */
interface Reading {
  readonly head: ResponseHead
  readonly body: Body
  readonly framing: Framing
}

/**
 * Reads what a webhook answers, with the rules of Telegram's parser (facts, 3.1). One for each connection: bytes beyond an
 * answer are kept, and taken for the beginning of the next one.
 */
export class ResponseParser {
  #bytes = nothing
  /** How far the empty line was already looked for. */
  #searched = 0
  #reading: Reading | undefined

  /** Whether there is something left that was not taken for an answer yet. */
  get hasBytes(): boolean {
    return this.#bytes.length > 0
  }

  /** Keeps what came while nobody waited for an answer: it is taken for the beginning of the next one (facts, 3.1). */
  keep(chunk: Buffer): void {
    if (this.#bytes.length === 0) this.#bytes = chunk
    else if (chunk.length > 0) this.#bytes = Buffer.concat([this.#bytes, chunk])
  }

  /**
   * Goes on with what came in, if anything.
   *
   * @returns an answer as soon as it is complete, one at a time: `push()` looks for a further one in what is left
   * @throws ResponseError if a rule is broken; its message is the `last_error_message`
   */
  push(chunk: Buffer = nothing): WebhookAnswer | undefined {
    this.keep(chunk)
    if (!this.#reading) {
      const head = this.#readHead()
      if (!head) return undefined
      this.#reading = startBody(head)
      if (!this.#reading) return new WebhookAnswer(head)
    }
    const { head, body, framing } = this.#reading
    this.#bytes = this.#bytes.subarray(framing.read(this.#bytes, body))
    if (!framing.isOver) return undefined
    this.#reading = undefined
    body.end()
    return new WebhookAnswer(head)
  }

  #readHead(): ResponseHead | undefined {
    const end = this.#bytes.indexOf("\r\n\r\n", Math.max(this.#searched - 3, 0), "latin1")
    if (end > HEAD_BYTES || (end < 0 && this.#bytes.length > HEAD_BYTES + 3)) {
      throw new HttpError(431, "Request Header Fields Too Large: total headers size exceeded")
    }
    this.#searched = end < 0 ? this.#bytes.length : 0
    if (end < 0) return undefined
    const lines = this.#bytes.toString("latin1", 0, end + 2)
    this.#bytes = this.#bytes.subarray(end + 4)
    return new ResponseHead(lines)
  }
}

/** How the body is read, or `undefined` if there is none: one that ends with the connection is none (facts, 3.1). */
function startBody(head: ResponseHead): Reading | undefined {
  const transferEncoding = head.last("transfer-encoding")?.toLowerCase() ?? ""
  const length = Math.min(Number(/^\d+/.exec(head.last("content-length") ?? "")?.[0] ?? 0), LENGTH)
  if (transferEncoding === "" && length === 0) return undefined
  if (transferEncoding !== "" && transferEncoding !== "chunked") {
    throw new HttpError(501, "Unimplemented: unsupported transfer-encoding")
  }
  const contentType = head.last("content-type") ?? ""
  const contentEncoding = head.last("content-encoding") ?? ""
  const body = new Body({ contentType, contentEncoding }, head.parameters)
  if (length === LENGTH) {
    throw new HttpError(413, `Request Entity Too Large: content length is ${length}`)
  }
  return { head, body, framing: transferEncoding === "" ? new LengthFraming(length) : new ChunkedFraming() }
}
