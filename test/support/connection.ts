import { connect, type Socket } from "node:net"
import { once } from "node:events"

/** An answer as it was on the wire. */
export interface WireAnswer {
  readonly status: number
  readonly reason: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** All of it, as it was sent. */
  readonly raw: string
}

/**
 * One TCP connection to a server, with nothing between the test and the bytes: for what an HTTP client cannot send, and
 * to see whether a connection is kept alive. Answers are read by Telegram's rules (facts, 3.1): `Content-Length` or
 * chunked, else the body is empty.
 */
export class Connection {
  readonly socket: Socket
  /** Whether the server has closed its side. */
  ended = false
  #received = Buffer.alloc(0)
  #waiters: (() => void)[] = []

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay()
    socket.on("data", (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#changed()
    })
    const end = (): void => {
      this.ended = true
      this.#changed()
    }
    socket.on("end", end).on("close", end).on("error", end)
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, "127.0.0.1")
    await once(socket, "connect")
    return new Connection(socket)
  }

  write(bytes: string | Buffer): void {
    this.socket.write(bytes)
  }

  /** Sends each part in a packet of its own: the server, which is in this process, gets the time to read it first. */
  async writeApart(parts: Iterable<string | Buffer>): Promise<void> {
    for (const part of parts) {
      await new Promise((resolve) => this.socket.write(part, resolve))
      await new Promise(setImmediate)
      await new Promise(setImmediate)
    }
  }

  /** What has arrived and was not taken by `answer()`. */
  get unread(): string {
    return this.#received.toString("latin1")
  }

  /** The next answer. Rejects when the server closes the connection before one is complete. */
  async answer(): Promise<WireAnswer> {
    for (;;) {
      const answer = this.#parse()
      if (answer) return answer
      if (this.ended)
        throw new Error(`The server closed the connection after: ${JSON.stringify(this.#received.toString("latin1"))}`)
      await this.#change()
    }
  }

  /** Resolves when the server has closed the connection. */
  async closed(): Promise<void> {
    while (!this.ended) await this.#change()
  }

  destroy(): void {
    this.socket.destroy()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve)
    })
  }

  #changed(): void {
    for (const waiter of this.#waiters.splice(0)) waiter()
  }

  #parse(): WireAnswer | undefined {
    const end = this.#received.indexOf("\r\n\r\n")
    if (end < 0) return undefined
    const [statusLine = "", ...lines] = this.#received.subarray(0, end).toString("latin1").split("\r\n")
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
    )
    const rest = this.#received.subarray(end + 4)
    const body =
      headers["transfer-encoding"] === "chunked" ? unchunk(rest) : fixed(rest, Number(headers["content-length"] ?? 0))
    if (!body) return undefined
    const raw = this.#received.subarray(0, end + 4 + body.length).toString("latin1")
    this.#received = this.#received.subarray(raw.length)
    const [, status = "", reason = ""] = /^HTTP\/1\.[01] (\d{3}) (.*)$/.exec(statusLine) ?? []
    return { status: Number(status), reason, headers, body: body.text, raw }
  }
}

interface Body {
  readonly text: string
  /** How many bytes it took on the wire. */
  readonly length: number
}

function fixed(bytes: Buffer, length: number): Body | undefined {
  return bytes.length < length ? undefined : { text: bytes.subarray(0, length).toString(), length }
}

function unchunk(bytes: Buffer): Body | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16)
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return undefined
    if (size === 0) return { text: Buffer.concat(parts).toString(), length: next }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
