import type { Socket } from "node:net"
import type { Clock, Timer } from "../clock/clock.ts"
import type { Fault } from "./faults.ts"
import { type WebhookAnswer, ResponseError, ResponseParser } from "./response.ts"
import { describeSocketError } from "./system-error.ts"

/** How long an answer may take from the moment the request is handed over, and a connection may idle (facts, 3.5). */
const TIMEOUT = 60_000

/** How a connection came to its end. */
export interface Ending {
  /** What Telegram records, if it records anything: of an orderly close it does not (facts, 3.7). */
  readonly error?: string
}

/** What becomes of a connection. */
export interface ConnectionEvents {
  /** The answer to the request in flight was read completely. */
  answered(connection: Connection, answer: WebhookAnswer): void
  /** It is of no use any more, with or without a request in flight. Called once, but not after {@link Connection.close}. */
  ended(connection: Connection, ending: Ending): void
}

/** One connection to a webhook: one request in flight at a time, 60 seconds for all of it (facts, 1.3 and 3.5). */
export class Connection {
  /** The IP address that it was opened to. */
  readonly address: string
  /** What goes wrong with the request in flight. */
  fault: Fault | undefined
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #events: ConnectionEvents
  readonly #parser = new ResponseParser()
  /** What came while nothing was in flight: it is taken for the beginning of the next answer (facts, 3.1). */
  #early: Buffer[] = []
  #timer: Timer
  #inFlight = false
  #open = true
  /** Whether answers are ignored until the time is up. */
  #deaf = false
  #release = () => {}

  constructor(address: string, socket: Socket, clock: Clock, events: ConnectionEvents) {
    this.address = address
    this.#socket = socket
    this.#clock = clock
    this.#events = events
    this.#timer = clock.after(TIMEOUT, () => this.#end({}))
    socket.on("data", (chunk: Buffer) => (this.#inFlight ? this.#read(chunk) : void this.#early.push(chunk)))
    socket.on("error", (error) => this.#end({ error: describeSocketError(error) }))
    socket.on("end", () => this.#end({}))
    socket.on("close", () => this.#end({}))
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** @param request one byte per character */
  send(request: string, { deaf = false }: { deaf?: boolean } = {}): void {
    this.#inFlight = true
    this.#deaf = deaf
    // A receiver that is not heard cannot be waited for.
    this.#release = deaf ? () => {} : this.#clock.hold()
    this.#timer.cancel()
    this.#timer = this.#clock.after(TIMEOUT, () => this.#timeOut())
    this.#socket.write(request, "latin1")
    if (this.#early.length > 0 || this.#parser.hasBytes) queueMicrotask(() => this.#readEarly())
  }

  /** Ends it without a word to anybody. */
  close(): void {
    this.#open = false
    this.#inFlight = false
    this.#timer.cancel()
    this.#release()
    this.#socket.destroy()
  }

  /** Sends the first half of a request, and breaks off. */
  sendHalf(request: string): void {
    this.send("")
    const half = request.slice(0, request.length / 2)
    this.#socket.write(half, "latin1", () => this.#end({ error: "Connection reset by peer" }))
  }

  #readEarly(): void {
    const early = Buffer.concat(this.#early)
    this.#early = []
    if (this.#inFlight) this.#read(early)
  }

  #read(chunk: Buffer): void {
    if (this.#deaf) return
    try {
      const answer = this.#parser.push(chunk)
      if (answer) this.#answer(answer)
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error
      // What Telegram writes back on a parser's error (facts, 3.1).
      this.#socket.end(error.answer, () => this.#socket.destroy())
      this.#end({ error: error.message })
    }
  }

  #answer(answer: WebhookAnswer): void {
    this.#inFlight = false
    this.#timer.cancel()
    this.#timer = this.#clock.after(TIMEOUT, () => this.#end({}))
    const release = this.#release
    this.#events.answered(this, answer)
    release()
  }

  #timeOut(): void {
    const unsent = this.#socket.connecting || this.#socket.writableLength > 0
    this.#end({ error: unsent ? "Write timeout expired" : "Read timeout expired" })
  }

  #end(ending: Ending): void {
    if (!this.#open) return
    const release = this.#release
    this.#open = false
    this.#inFlight = false
    this.#timer.cancel()
    if (!this.#socket.writableEnded) this.#socket.destroy()
    this.#events.ended(this, ending)
    release()
  }
}
