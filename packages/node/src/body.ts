import type { Readable } from "node:stream"
import { type BodyLimits, type ErrorCode, Expiring, HookgramError } from "@hookgram/core"

/**
 * Reads a stream to its end, as text. Decodes once, so that a character may lie across chunks; bytes that are not UTF-8
 * become U+FFFD.
 *
 * @throws HookgramError `body_too_large`, `body_timeout` or `body_aborted`; the stream is paused then
 */
export function readBody(stream: Readable, limits: BodyLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    new BodyReader(stream, limits, resolve, reject).start()
  })
}

/** Listeners and not `for await`, which costs more and destroys the stream, and with it the socket to answer on. */
class BodyReader extends Expiring {
  readonly #stream: Readable
  readonly #limits: BodyLimits
  readonly #resolve: (text: string) => void
  readonly #reject: (error: HookgramError) => void
  readonly #chunks: Buffer[] = []
  #size = 0
  #settled = false

  constructor(
    stream: Readable,
    limits: BodyLimits,
    resolve: (text: string) => void,
    reject: (error: HookgramError) => void,
  ) {
    super()
    this.#stream = stream
    this.#limits = limits
    this.#resolve = resolve
    this.#reject = reject
  }

  start(): void {
    const onGone = (): void => this.#fail("body_aborted", "The peer has gone before its body was complete.")
    if (this.#stream.destroyed) return onGone()
    this.#limits.timeouts.start(this)
    this.#stream
      .on("data", (chunk: unknown) => this.#take(chunk))
      .on("end", () => this.#end())
      .on("error", onGone)
      .on("close", onGone)
  }

  #take(chunk: unknown): void {
    if (this.#settled) return
    const buffer = Buffer.isBuffer(chunk) ? chunk : asBuffer(chunk)
    if (!buffer) return this.#fail("body_consumed", "The body is a stream of something else than bytes.")
    this.#size += buffer.length
    if (this.#size > this.#limits.bytes)
      this.#fail("body_too_large", `The body has more than ${this.#limits.bytes} bytes.`)
    else this.#chunks.push(buffer)
  }

  #end(): void {
    this.#settle()
    const [first, ...rest] = this.#chunks
    this.#resolve(first === undefined ? "" : (rest.length === 0 ? first : Buffer.concat(this.#chunks)).toString())
  }

  override expire(): void {
    this.#fail("body_timeout", `The body did not arrive within ${this.#limits.timeouts.length} ms.`)
  }

  #fail(code: ErrorCode, message: string): void {
    if (this.#settled) return // a stream also closes after its end
    this.#settle()
    this.#stream.pause()
    this.#reject(new HookgramError(code, message))
  }

  #settle(): void {
    this.#settled = true
    this.#limits.timeouts.stop(this)
  }
}

/** A chunk of a stream that somebody has given an encoding, or that is not Node's own. */
function asBuffer(chunk: unknown): Buffer | undefined {
  if (typeof chunk === "string" || chunk instanceof Uint8Array) return Buffer.from(chunk as string)
  return undefined
}
