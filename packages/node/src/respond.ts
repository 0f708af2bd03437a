import type { ServerResponse } from "node:http"
import type { WebhookResponse } from "@hookgram/core"

/** Writes an answer of the core to Node's response. Writing to a peer that has gone is harmless. */
export function respond(response: ServerResponse, { status, headers, body }: WebhookResponse): void {
  response.writeHead(status, headers).end(body)
}
