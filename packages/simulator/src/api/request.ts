import type { IncomingMessage } from "node:http"
import { Body } from "./body.ts"
import { Collector } from "./collector.ts"
import { parseForm } from "./form.ts"
import { HttpError } from "./http-error.ts"
import type { Parameters } from "./parameters.ts"

/** The first `Content-Length` that is too large, in bytes. */
const LENGTH = 4_294_967_295

/**
 * Reads a call's parameters: the query string's, then the body's (facts, 8.2).
 *
 * @param query one byte per character
 * @throws HttpError if a limit is broken; any other error means that the caller went away
 */
export async function readParameters(request: IncomingMessage, query: string): Promise<Parameters> {
  const collector = new Collector()
  collector.count(query.length)
  parseForm(query, collector)
  const { headers } = request
  const length = Number(headers["content-length"] ?? 0)
  if (length >= LENGTH) throw new HttpError(413, `Request Entity Too Large: content length is ${LENGTH}`)
  if (length > 0 || headers["transfer-encoding"] !== undefined) {
    const contentType = headers["content-type"] ?? ""
    const contentEncoding = headers["content-encoding"] ?? ""
    await readBody(request, new Body({ contentType, contentEncoding }, collector))
  }
  return collector.parameters
}

function readBody(request: IncomingMessage, body: Body): Promise<void> {
  return new Promise((resolve, reject) => {
    const attempt = (step: () => void) => {
      try {
        step()
      } catch (error) {
        reject(error)
      }
    }
    request.on("data", (chunk: Buffer) => attempt(() => body.push(chunk)))
    request.on("end", () => attempt(() => resolve(body.end())))
    request.on("error", reject)
  })
}
