import { once } from "node:events"
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http"
import { createServer as createSecureServer } from "node:https"
import type { Socket } from "node:net"
import { HookgramError } from "@hookgram/core"
import type { Pems } from "./tls.ts"

/**
 * Above the 60 s for which Telegram keeps a connection that it does not use (facts, 1.3), so that it is not closed just
 * when Telegram writes; in milliseconds.
 */
const IDLE = 75_000

/** How long answers that are under way have at the end, in milliseconds. */
const GRACE = 1000

/** What a server does with slow peers. */
const limits = {
  keepAliveTimeout: IDLE,
  // Also how long a new connection may be idle: Telegram opens one when the webhook is set, for what may come (facts, 2.5).
  headersTimeout: IDLE,
  requestTimeout: IDLE,
  connectionsCheckingInterval: 5000,
}

/** @throws HookgramError `invalid_options` when key and certificate are none, or do not fit */
export function makeServer(listener: RequestListener, tls: Pems | undefined): Server {
  if (!tls) return createServer(limits, listener)
  try {
    const { key, cert } = tls as { key: Buffer; cert: Buffer }
    return createSecureServer({ ...limits, handshakeTimeout: IDLE, key, cert }, listener)
  } catch (cause) {
    throw new HookgramError(
      "invalid_options",
      `tls: ${(cause as Error).message}. Does the key belong to the certificate?`,
      { cause },
    )
  }
}

/** What a server has open. Node's own list lacks connections whose TLS handshake is not done. */
export class Connections {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #answers = new Set<ServerResponse>()

  constructor(server: Server) {
    this.#server = server
    server.on("connection", (socket: Socket) => keep(this.#sockets, socket))
    server.on("request", (_request, answer: ServerResponse) => keep(this.#answers, answer))
  }

  /** Takes no more connections, and closes those that are open as soon as nothing is being answered. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close")
    this.#server.close()
    const answered = Promise.all(
      Array.from(this.#answers, (one) => new Promise((resolve) => one.once("close", resolve))),
    )
    await Promise.race([answered, closed, new Promise((resolve) => setTimeout(resolve, GRACE).unref())])
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }
}

/** Keeps what closes by itself for as long as it is open. */
function keep<T extends Socket | ServerResponse>(open: Set<T>, one: T): void {
  open.add(one)
  one.once("close", () => open.delete(one))
}
