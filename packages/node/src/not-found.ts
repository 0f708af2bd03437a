import type { IncomingMessage, ServerResponse } from "node:http"

/** For paths that nobody has. */
export function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { "content-length": "0" }).end()
}
