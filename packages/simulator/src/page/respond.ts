import type { OutgoingHttpHeaders, ServerResponse } from "node:http"

/** What every answer of the page says: nothing from elsewhere runs, nothing is guessed, framed or stored. */
export const safeHeaders: Readonly<OutgoingHttpHeaders> = {
  "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cache-Control": "no-store",
}

/** A request of the page that cannot be done: the status and the text of its answer. */
export class PageError extends Error {
  override readonly name = "PageError"
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Answers with bytes or text. */
export function respond(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: OutgoingHttpHeaders = {},
): void {
  const length = Buffer.byteLength(body)
  response.writeHead(status, { ...safeHeaders, "Content-Type": type, "Content-Length": length, ...headers })
  response.end(body)
}

export function respondJson(response: ServerResponse, status: number, value: unknown): void {
  respond(response, status, "application/json", JSON.stringify(value))
}
