import { type BodyLimits, HookgramError } from "@hookgram/core"

/**
 * Reads a body to its end, as bytes: decoding is left to the core, so that a character may lie across chunks.
 *
 * @throws HookgramError `body_too_large`, `body_timeout` or `body_aborted`; the rest of the stream is left unread then
 */
export async function readBody(stream: ReadableStream<Uint8Array>, limits: BodyLimits): Promise<Uint8Array> {
  const { length } = limits.timeouts
  // Not cancelled when it fails: on some servers that takes the connection away before the answer.
  const reader = stream.getReader()
  const late = new HookgramError("body_timeout", `The body did not arrive within ${length} ms.`)
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    // Not one of the shared `timeouts`: a host may drop a timer together with the request that armed it.
    timer = setTimeout(() => reject(late), length)
  })
  try {
    return await Promise.race([collect(reader, limits.bytes), timeout])
  } finally {
    clearTimeout(timer)
    reader.releaseLock()
  }
}

async function collect(reader: ReadableStreamDefaultReader<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const chunk = await next(reader)
    if (!chunk) return joined(chunks, size)
    size += chunk.length
    if (size > most) throw new HookgramError("body_too_large", `The body has more than ${most} bytes.`)
    chunks.push(chunk)
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  let value: unknown
  try {
    const result = await reader.read()
    if (result.done) return undefined
    value = result.value
  } catch (cause) {
    throw new HookgramError("body_aborted", "The peer has gone before its body was complete.", { cause })
  }
  if (value instanceof Uint8Array) return value
  throw new HookgramError("body_consumed", "The body is a stream of something else than bytes.")
}

function joined([first, ...rest]: readonly Uint8Array[], size: number): Uint8Array {
  if (!first || rest.length === 0) return first ?? new Uint8Array()
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of [first, ...rest]) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
