import type { Readable } from "node:stream"
import { type BodyLimits, HookgramError } from "@hookgram/core"

/**
 * Reads a stream to its end, as text. Decodes once, so that a character may lie across chunks; bytes that are not UTF-8
 * become U+FFFD.
 *
 * @throws HookgramError `body_too_large`, `body_timeout` or `body_aborted`; the stream is paused then
 */
export function readBody(stream: Readable, { bytes, timeout }: BodyLimits): Promise<string> {
  // Listeners and not `for await`, which costs more and destroys the stream, and with it the socket to answer on.
  return new Promise((resolve, reject) => {
    if (stream.destroyed) {
      reject(aborted())
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    const fail = (error: HookgramError): void => {
      clearTimeout(timer)
      stream.off("data", onData).pause()
      reject(error)
    }
    const onData = (chunk: Buffer | string): void => {
      const buffer = typeof chunk === "string" ? Buffer.from(chunk) : chunk
      size += buffer.length
      if (size > bytes) fail(new HookgramError("body_too_large", `The body has more than ${bytes} bytes.`))
      else chunks.push(buffer)
    }
    const timer = setTimeout(() => fail(new HookgramError("body_timeout", `The body did not arrive within ${timeout} ms.`)), timeout)
    stream
      .on("data", onData)
      .on("end", () => {
        clearTimeout(timer)
        resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString())
      })
      .on("error", () => fail(aborted()))
      .on("close", () => fail(aborted()))
  })
}

function aborted(): HookgramError {
  return new HookgramError("body_aborted", "The peer has gone before its body was complete.")
}
