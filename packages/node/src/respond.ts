import type { ServerResponse } from "node:http"
import type { WebhookResponse } from "@hookgram/core"

/** Writes an answer of the core to Node's response, unless somebody else (a time-out of the application) has answered. */
export function respond(response: ServerResponse, { status, headers, body }: WebhookResponse): void {
  if (response.headersSent) return
  response.writeHead(status, headers).end(body)
}
