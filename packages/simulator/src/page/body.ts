import type { IncomingMessage } from "node:http"
import { PageError } from "./respond.ts"

/** How large a request of the page may be, in bytes: a file of 48 MiB as base64. */
const MOST = 64 * 1024 * 1024

/** Reads the JSON object in the body of a request. */
export async function readObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const type = request.headers["content-type"] ?? ""
  if (!/^application\/json\s*(?:;|$)/i.test(type)) throw new PageError(415, "the body must be application/json")
  if (Number(request.headers["content-length"]) > MOST) throw new PageError(413, "The file is too large.")
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST) throw new PageError(413, "The file is too large.")
    chunks.push(chunk)
  }
  const value = parse(Buffer.concat(chunks).toString())
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new PageError(400, "not a JSON object")
  return value as Record<string, unknown>
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PageError(400, "not JSON")
  }
}
