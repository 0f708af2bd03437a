import { createServer, type IncomingMessage, type Server } from "node:http"
import { Readable } from "node:stream"
import type { RequestHost } from "@hookgram/fetch"

/** A function that answers requests, on a real socket: what Bun and Deno have built in. */
export function fetchServer(handle: (request: Request, host: RequestHost) => Response | Promise<Response>): Server {
  return createServer((message, response) => {
    const host: RequestHost = { address: message.socket.remoteAddress, waitUntil: () => {} }
    void Promise.resolve(handle(requestOf(message), host)).then(async (answer) => {
      const body = await answer.text()
      response.writeHead(answer.status, [...answer.headers].flat()).end(body)
    })
  })
}

function requestOf(message: IncomingMessage): Request {
  const { method = "", headers, rawHeaders, url } = message
  const init: RequestInit = { method, headers: pairs(rawHeaders) }
  if (method !== "GET" && method !== "HEAD") Object.assign(init, { body: bodyOf(message), duplex: "half" })
  return new Request(`http://${headers.host ?? "localhost"}${url}`, init)
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? "",
    rawHeaders[2 * index + 1] ?? "",
  ])
}

/** A body that is read only as far as somebody asks for it, and whose reader can do nothing to the socket. */
function bodyOf(message: IncomingMessage): ReadableStream {
  const chunks: AsyncIterator<Buffer> = Readable.prototype.iterator.call(message, { destroyOnReturn: false })
  const pull = async (controller: ReadableStreamDefaultController): Promise<void> => {
    const { value, done } = await chunks.next()
    if (done) controller.close()
    else controller.enqueue(new Uint8Array(value))
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}
