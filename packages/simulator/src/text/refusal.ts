import { type ApiError, badRequest } from "../api/error.ts"

/** Something wrong with a text or an object that a call was given. */
export class Malformed extends Error {
  override readonly name = "Malformed"
}

/** What the caller is told of it: Telegram begins all descriptions in lower case, except those that begin with a name. */
export function refusal(reason: string): ApiError {
  const isName = /^.[A-Z_]/.test(reason)
  return badRequest(isName ? reason : reason.charAt(0).toLowerCase() + reason.slice(1))
}

/** Returns what `read` returns; what is malformed for it becomes the answer to the call. */
export function readOrRefuse<T>(read: () => T, prefix = ""): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof Malformed ? refusal(prefix + error.message) : error
  }
}

/** Adds to what is said of what `read` finds malformed. */
export function within<T>(prefix: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof Malformed ? new Malformed(prefix + error.message) : error
  }
}

/** Where a character is in the UTF-8 text, as Telegram tells it. */
export function byteOffset(text: string, index: number): number {
  return Buffer.byteLength(text.slice(0, index))
}
