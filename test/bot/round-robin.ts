import { once } from "node:events"
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { pipeline } from "node:stream"
import { onTestFinished } from "vitest"

/** A load balancer: each request goes to the next of the targets. One that is not there is a 502. */
export async function roundRobin(targets: string[]): Promise<string> {
  let count = 0
  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    const target = targets[count++ % targets.length]!
    const outgoing = request(target, { method: incoming.method!, headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      pipeline(answer, response, () => {})
    })
    outgoing.on("error", () => {
      if (response.headersSent) response.destroy()
      else response.writeHead(502).end()
    })
    pipeline(incoming, outgoing, () => {})
  }
  const server = createServer(forward)
  await once(server.listen(0, "127.0.0.1"), "listening")
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
