import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { createServer as createTlsServer, type TlsOptions } from "node:tls"

/** A request as it came in, byte for byte, one character each. */
export interface Received {
  readonly head: string
  readonly body: string
  /** Which connection it came on, counted from 1. */
  readonly connection: number
  readonly socket: Socket
}

/** What a receiver answers: text to write, or nothing yet. */
export type Answer = (request: Received) => string | undefined | Promise<string | undefined>

export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

export function status(code: number, headers = ""): string {
  return `HTTP/1.1 ${code} Status\r\n${headers}Content-Length: 0\r\n\r\n`
}

/** A webhook below HTTP: it shows every byte that comes in, and answers with any. */
export interface Receiver {
  readonly url: string
  readonly port: number
  readonly requests: Received[]
  /** Connections that were ever opened. */
  connections: number
  /** Those that are open now. */
  readonly open: Set<Socket>
  answer: Answer
  close(): Promise<void>
}

export async function startReceiver(answer: Answer = () => OK, tls?: TlsOptions): Promise<Receiver> {
  const open = new Set<Socket>()
  const accept = (socket: Socket) => {
    const connection = ++receiver.connections
    let text = ""
    open.add(socket)
    socket.on("close", () => open.delete(socket))
    socket.on("error", () => {})
    socket.on("data", async (chunk) => {
      text += chunk.toString("latin1")
      for (;;) {
        const [, head = "", length = "0"] = /^(.*?Content-Length: (\d+).*?\r\n\r\n)/s.exec(text) ?? []
        if (head === "" || text.length < head.length + Number(length)) return
        const body = text.slice(head.length, head.length + Number(length))
        text = text.slice(head.length + body.length)
        const request = { head, body, connection, socket }
        receiver.requests.push(request)
        const reply = await receiver.answer(request)
        if (reply !== undefined && !socket.destroyed) socket.write(reply, "latin1")
      }
    })
  }
  const server = tls ? createTlsServer(tls, accept) : createServer(accept)
  if (tls) server.on("tlsClientError", () => {})
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}/hook`,
    port,
    requests: [],
    connections: 0,
    open,
    answer,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, "close")
    },
  }
  return receiver
}

/** The update that a request carries. */
export function updateOf({ body }: Received): { update_id: number } & Record<string, { [field: string]: unknown }> {
  return JSON.parse(body)
}
