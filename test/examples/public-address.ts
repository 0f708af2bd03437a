import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"
import { pipeline } from "node:stream"

/**
 * An address that is known before the program behind it listens, for programs that set their webhook themselves. Connections
 * wait until it does, and are passed on byte by byte, so that TLS goes through.
 */
export class PublicAddress {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #behind: (port: number) => void = () => {}
  #port: Promise<number>

  private constructor() {
    this.#port = new Promise((resolve) => (this.#behind = resolve))
    this.#server = createServer((socket) => void this.#pass(socket)).listen(0, "127.0.0.1")
  }

  static async open(): Promise<PublicAddress> {
    const address = new PublicAddress()
    await once(address.#server, "listening")
    return address
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Passes connections on to a port of the loopback from now on. */
  leadTo(port: number): void {
    this.#behind(port)
    this.#port = Promise.resolve(port)
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  async #pass(incoming: Socket): Promise<void> {
    this.#keep(incoming)
    const outgoing = connect(await this.#port, "127.0.0.1")
    this.#keep(outgoing)
    pipeline(incoming, outgoing, () => {})
    pipeline(outgoing, incoming, () => {})
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on("error", () => {}) // the other end is told by the close
    socket.on("close", () => this.#sockets.delete(socket))
  }
}
