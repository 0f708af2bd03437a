import { once } from "node:events"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { isApiAddress } from "./api/address.ts"
import { answerClientError } from "./api/answer.ts"
import { crossSite } from "./page/same-site.ts"

/** What `node:http` needs to be told to keep to Telegram's limits, times in milliseconds (facts, 8.2). */
const limits = { maxHeaderSize: 262_144, keepAliveTimeout: 500_000, headersTimeout: 500_000, requestTimeout: 0 }

/** The one HTTP server for the Bot API and the chat page. */
export class SimulatorServer {
  readonly #server: Server

  /** @param page answers what is no call of the Bot API */
  constructor(api: RequestListener, page: RequestListener) {
    this.#server = createServer(limits, (request, response) => {
      if (!isApiAddress(request.url ?? "")) page(request, response)
      else if (crossSite(request) === undefined) api(request, response)
      else response.writeHead(403, { Connection: "close" }).end()
    })
    this.#server.on("clientError", answerClientError)
  }

  /** Its address as a URL, without a slash at the end. */
  get url(): string {
    const { address, family, port } = this.#server.address() as AddressInfo
    return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`
  }

  /** @throws what `node:http` says, such as that the port is in use */
  async listen(port: number, host: string): Promise<void> {
    this.#server.listen(port, host)
    await once(this.#server, "listening")
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close")
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}
