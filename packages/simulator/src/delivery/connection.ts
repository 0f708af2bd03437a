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
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #events: ConnectionEvents
  readonly #parser = new ResponseParser()
  #fault: Fault | undefined
  #timer: Timer
  #delay: Timer | undefined
  #inFlight = false
  #open = true
  #release = () => {}

  constructor(address: string, socket: Socket, clock: Clock, events: ConnectionEvents) {
    this.address = address
    this.#socket = socket
    this.#clock = clock
    this.#events = events
    this.#timer = clock.after(TIMEOUT, () => this.#end({}))
    socket.on("data", (chunk: Buffer) => (this.#inFlight ? this.#read(chunk) : this.#parser.keep(chunk)))
    socket.on("error", (error) => this.#hangUp({ error: describeSocketError(error) }))
    socket.on("end", () => this.#hangUp({}))
    socket.on("close", () => this.#hangUp({}))
  }

  /** What goes wrong with the request in flight, or went wrong with the last one. */
  get fault(): Fault | undefined {
    return this.#fault
  }

  /** @param request one byte per character */
  send(request: string, fault?: Fault): void {
    this.#fault = fault
    this.#inFlight = true
    this.#timer.cancel()
    this.#timer = this.#clock.after(TIMEOUT, () => this.#timeOut())
    if (fault?.kind !== "delay") this.#write(request)
    else this.#delay = this.#clock.after(fault.milliseconds ?? 1000, () => this.#write(request))
  }

  /** Ends it without a word to anybody. */
  close(): void {
    this.#stop()
    this.#socket.destroy()
    this.#release()
  }

  #write(request: string): void {
    const release = this.#clock.hold()
    this.#release = release
    if (this.#fault?.kind === "cut") {
      const cut = () => this.#end({ error: "Connection reset by peer" })
      this.#socket.write(request.slice(0, request.length / 2), "latin1", cut)
      return
    }
    // A receiver that is not heard cannot be waited for.
    this.#socket.write(request, "latin1", this.#isDeaf ? release : undefined)
    if (this.#parser.hasBytes) queueMicrotask(() => this.#inFlight && this.#read())
  }

  /** Whether nothing is heard of the receiver until the time is up. */
  get #isDeaf(): boolean {
    return this.#inFlight && this.#fault?.kind === "stall"
  }

  #read(chunk?: Buffer): void {
    if (this.#isDeaf) return
    try {
      const answer = this.#parser.push(chunk)
      if (answer) this.#answer(answer)
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error
      // What Telegram writes back on a parser's error (facts, 3.1), if the receiver has read all there was before.
      if (this.#socket.writableLength === 0) this.#socket.end(error.answer, () => this.#socket.destroy())
      this.#end({ error: error.message })
    }
  }

  #answer(answer: WebhookAnswer): void {
    this.#inFlight = false
    this.#delay?.cancel()
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

  #hangUp(ending: Ending): void {
    if (!this.#isDeaf) this.#end(ending)
  }

  #end(ending: Ending): void {
    if (!this.#open) return
    this.#stop()
    if (!this.#socket.writableEnded) this.#socket.destroy()
    this.#events.ended(this, ending)
    this.#release()
  }

  #stop(): void {
    this.#open = false
    this.#inFlight = false
    this.#timer.cancel()
    this.#delay?.cancel()
  }
}
