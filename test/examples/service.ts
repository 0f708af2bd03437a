import { once } from "node:events"
import { createServer, type OutgoingHttpHeaders, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

interface ServiceRequest {
  readonly target: string
  readonly text: string
  readonly answer: (status: number, text?: string, headers?: OutgoingHttpHeaders) => void
}

/** The service that an example's work is done by: answers when and how the test says. */
export class Service {
  readonly #requests: { target: string; text: string; response: ServerResponse }[] = []
  readonly #server: Server
  #arrived: () => void = () => {}

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks = await request.toArray()
      this.#requests.push({ target: request.url ?? "", text: Buffer.concat(chunks).toString(), response })
      this.#arrived()
    }).listen(0, "127.0.0.1")
  }

  async address(): Promise<string> {
    if (!this.#server.listening) await once(this.#server, "listening")
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The next request: what was asked, and the way to answer it. */
  async next(): Promise<ServiceRequest> {
    while (this.#requests.length === 0) await new Promise<void>((resolve) => (this.#arrived = resolve))
    const { response, ...request } = this.#requests.shift()!
    return { ...request, answer: (status, body = "", headers = {}) => response.writeHead(status, headers).end(body) }
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
