import { z } from "zod"
import { HookgramError } from "./errors.ts"
import type { Update } from "./update.ts"

/** All that is asked of an update. Kinds and fields that nobody has heard of yet pass: facts, 9. */
const envelope = z.object({ update_id: z.int().nonnegative() })

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

function invalid(message: string, cause?: unknown): HookgramError {
  return new HookgramError("invalid_update", message, { cause })
}

/** A body (text, bytes, or what a parser in front made of it) as a value. Bytes that are not UTF-8 become U+FFFD: facts, 1.2. */
function valueOf(body: unknown): unknown {
  const text = body instanceof Uint8Array ? decoder.decode(body) : body
  if (typeof text !== "string") return text
  try {
    return JSON.parse(text)
  } catch {
    // The cause is left out on purpose: its message quotes the body.
    throw invalid("The body is not JSON.")
  }
}

/**
 * Reads an update from a body. The value is passed on as it was parsed, not as a copy.
 *
 * @throws HookgramError `invalid_update` when it is not JSON, or not an object whose `update_id` is a non-negative safe integer
 */
export function parseUpdate(body: unknown): Update {
  const value = valueOf(body)
  if (!envelope.safeParse(value).success) {
    throw invalid("The body is not an update: an object whose `update_id` is a non-negative integer.")
  }
  return value as Update
}
