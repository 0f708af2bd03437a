import type { Socket } from "node:net"
import type { Clock } from "../clock/clock.ts"
import { Connection, type ConnectionEvents, type Ending } from "./connection.ts"
import type { Fault } from "./faults.ts"
import { OpeningRate } from "./opening-rate.ts"
import type { WebhookAnswer } from "./response.ts"

/** How long after a success many connections are opened, in milliseconds (facts, 2.5). */
const ACTIVE = 10_000

/** The connections to a webhook: how many there are, how fast they are opened, and which is used next (facts, 2.5). */
export class Connections {
  /** Where new ones are opened to; those to another address are closed after their next answer. */
  address: string
  readonly #limit: number
  readonly #clock: Clock
  readonly #dial: (address: string) => Socket
  readonly #events: ConnectionEvents
  readonly #all = new Set<Connection>()
  /** The one that is idle longest comes first. */
  readonly #idle = new Set<Connection>()
  /** Opened for duplicates only. */
  readonly #extra = new Set<Connection>()
  readonly #pendingRate = new OpeningRate(1, 2000)
  readonly #activeRate = new OpeningRate(10, 50)
  #lastSuccess = -Infinity

  constructor(
    address: string,
    limit: number,
    clock: Clock,
    open: (address: string) => Socket,
    events: ConnectionEvents,
  ) {
    this.address = address
    this.#limit = limit
    this.#clock = clock
    this.#dial = open
    this.#events = events
  }

  /** How many could take a request now. */
  get idle(): number {
    return this.#idle.size
  }

  /** A delivery succeeded: for ten seconds from now, more connections are opened. */
  succeeded(): void {
    this.#lastSuccess = this.#clock.now()
  }

  /**
   * Opens as many as are wanted for so many queues, and as may be opened now.
   *
   * @returns when more may be opened, in milliseconds, if more are wanted
   */
  open(queues: number): number | undefined {
    const now = this.#clock.now()
    const active = this.#lastSuccess + ACTIVE >= now
    const rate = active ? this.#activeRate : this.#pendingRate
    const wanted = active ? Math.max(Math.min(queues, this.#limit), 1) : Math.min(queues, 1)
    while (this.#all.size < wanted) {
      if (rate.nextAt > now) return rate.nextAt
      rate.opened(now)
      this.#add()
    }
    return undefined
  }

  /** Sends a request on the connection that has been idle longest. There must be one. */
  send(request: string, fault: Fault | undefined): Connection {
    const [connection] = this.#idle
    if (!connection) throw new Error("No connection is idle")
    this.#idle.delete(connection)
    connection.send(request, fault)
    if (fault?.kind === "duplicate") this.#sendApart(request)
    return connection
  }

  stop(): void {
    for (const connection of this.#all) connection.close()
    for (const connection of this.#extra) connection.close()
    for (const set of [this.#all, this.#idle, this.#extra]) set.clear()
  }

  #add(): void {
    const connection = this.#connect({
      answered: (_, answer) => this.#answered(connection, answer),
      ended: (_, ending) => this.#end(connection, ending),
    })
    this.#all.add(connection)
    this.#idle.add(connection)
  }

  #connect(events: ConnectionEvents): Connection {
    return new Connection(this.address, this.#dial(this.address), this.#clock, events)
  }

  #answered(connection: Connection, answer: WebhookAnswer): void {
    const lost = connection.fault?.kind === "lose-answer"
    if (!lost && answer.keepAlive && connection.address === this.address) this.#idle.add(connection)
    else {
      connection.close()
      this.#all.delete(connection)
    }
    if (lost) this.#events.ended(connection, {})
    else this.#events.answered(connection, answer)
  }

  #end(connection: Connection, ending: Ending): void {
    this.#all.delete(connection)
    this.#idle.delete(connection)
    this.#events.ended(connection, ending)
  }

  /** Sends a request that nobody waits for the answer of. */
  #sendApart(request: string): void {
    const end = () => {
      connection.close()
      this.#extra.delete(connection)
    }
    const connection = this.#connect({ answered: end, ended: end })
    this.#extra.add(connection)
    connection.send(request)
  }
}
