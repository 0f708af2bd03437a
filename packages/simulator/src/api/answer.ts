import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import { type Envelope, envelopeText } from "./envelope.ts"
import { HttpError } from "./http-error.ts"

/** Answers with an envelope, under the headers of the facts, 8.3, in their order. */
export function sendEnvelope(response: ServerResponse, envelope: Envelope): void {
  const body = envelopeText(envelope)
  const status = envelope.ok ? 200 : envelope.error_code
  const wait = envelope.ok ? undefined : envelope.parameters?.retry_after
  send(response, status, "application/json", wait ? ["Retry-After", String(wait)] : [], body)
}

/** Answers with the bytes of a file. */
export function sendFile(response: ServerResponse, bytes: Buffer): void {
  send(response, 200, "application/octet-stream", [], bytes)
}

/** Answers with a bare status, and closes the connection: a rule of the parser was broken (facts, 8.2). */
export function sendStatus(request: IncomingMessage, error: HttpError): void {
  request.resume()
  request.socket.end(error.answer)
}

/** What Node's parser complains of, and the status of Telegram's. */
const clientErrors: ReadonlyMap<string, number> = new Map([
  ["HPE_INVALID_METHOD", 501],
  ["HPE_INVALID_VERSION", 505],
  ["HPE_HEADER_OVERFLOW", 431],
])

/** A listener for a server's `clientError`: what cannot be read at all gets a bare status too. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  const isBroken = error.code?.startsWith("HPE_") && socket.writable
  if (!isBroken) return void socket.destroy()
  socket.end(new HttpError(clientErrors.get(error.code ?? "") ?? 400, error.message).answer)
}

function send(response: ServerResponse, status: number, type: string, more: string[], body: string | Buffer): void {
  if (response.destroyed) return
  response.sendDate = false
  const connection = ["Connection", response.shouldKeepAlive ? "keep-alive" : "close"]
  const length = ["Content-Length", String(body.length)]
  response.writeHead(status, [...connection, "Content-Type", type, ...more, ...length])
  response.end(body)
}
