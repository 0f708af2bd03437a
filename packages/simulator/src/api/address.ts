import { ApiError } from "./error.ts"
import { splitTarget } from "./request-target.ts"

/** What a request's path asks for. */
export interface Address {
  readonly kind: "method" | "file"
  readonly token: string
  /** Whether it is for Telegram's test environment. */
  readonly test: boolean
  /** The method's name as the caller wrote it, or the file's path. */
  readonly name: string
  /** What follows the question mark, one byte per character. */
  readonly query: string
}

const form = /^(\/file)?\/bot([^/]*)(?:(\/test)|(?!\/test))\/(.*)$/s

/** Whether a request is for the Bot API; an absolute URI counts as one, as it has always been (facts, 8.2). */
export function isApiAddress(url: string): boolean {
  return !url.startsWith("/") || url.startsWith("/bot") || url.startsWith("/file/bot")
}

/**
 * Takes a request's path apart (facts, 8.1).
 *
 * @throws ApiError 404
 */
export function parseAddress(url: string): Address {
  const { path, query } = splitTarget(url)
  if (!path.startsWith("/")) throw new ApiError(404, "Not Found: absolute URI is specified in the Request-Line")
  const [, file, token, test, name] = form.exec(path) ?? []
  if (token === undefined || name === undefined) throw new ApiError(404, "Not Found")
  return { kind: file ? "file" : "method", token, test: test !== undefined, name, query }
}
