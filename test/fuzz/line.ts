import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { setImmediate } from "node:timers/promises"

/** The head of an answer: all that is looked at. */
export interface Answer {
  readonly status: number
  readonly closes: boolean
}

/** One connection of the client: writes anything, and reads answers until there is something that is none. */
export class Line {
  readonly #socket: Socket
  /** The port of this side, by which the server's process calls the connection. */
  readonly port: number
  /** When something was last received, in milliseconds. */
  lastHeard: number = Date.now()
  answers: Answer[] = []
  closed = false
  /** What was received where an answer should have begun. */
  garbled: Buffer | undefined
  #received: Buffer = Buffer.alloc(0)
  #skip = 0
  /** After an answer in chunks, which only Node's own refusals are, and which is the last. */
  #over = false
  #changed: () => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    this.port = socket.localPort ?? 0
    socket.on("data", (chunk: Buffer) => {
      this.#take(chunk)
      this.lastHeard = Date.now()
      this.#changed()
    })
    socket
      .on("error", () => {})
      .on("close", () => {
        this.closed = true
        this.#changed()
      })
  }

  static async open(port: number): Promise<Line> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true })
    await once(socket, "connect")
    return new Line(socket)
  }

  /** Writes the pieces as separate packets, as far as that can be asked for. */
  async write(pieces: readonly Buffer[]): Promise<void> {
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await setImmediate()
      if (!this.#socket.writable) return
      this.#socket.write(piece)
    }
  }

  end(): void {
    this.#socket.end()
  }

  reset(): void {
    this.#socket.resetAndDestroy()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** Waits until `done` or the connection is closed; says whether that was within so many milliseconds. */
  async until(done: () => boolean, milliseconds: number): Promise<boolean> {
    const end = Date.now() + milliseconds
    while (!this.closed && !done()) {
      const left = end - Date.now()
      if (left <= 0) return false
      await this.#change(left)
    }
    return true
  }

  #change(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#changed = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #take(chunk: Buffer): void {
    if (this.garbled || this.#over) return
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    for (;;) {
      const skipped = Math.min(this.#skip, this.#received.length)
      this.#skip -= skipped
      this.#received = this.#received.subarray(skipped)
      const end = this.#received.indexOf("\r\n\r\n")
      if (end < 0) return
      const head = this.#received.toString("latin1", 0, end)
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? []
      if (status === undefined) {
        this.garbled = this.#received
        return
      }
      this.#received = this.#received.subarray(end + 4)
      if (status.startsWith("1")) continue
      this.#skip = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      this.#over = /^transfer-encoding: *chunked/im.test(head)
      this.answers.push({ status: Number(status), closes: /^connection: *close/im.test(head) })
      if (this.#over) return
    }
  }
}
