import { SteadyMap } from "./steady-map.ts"

/** The key of a lane: updates with the same key never overlap. */
export type LaneKey = string | number

/** A place in a lane. A class that extends it says what to do when its turn comes. */
export abstract class Ticket {
  readonly lane: LaneKey | undefined
  /** Nobody of the same lane is in front. */
  head = false
  state: "entered" | "ready" | "started" | "left" = "left"
  /** Who entered the same lane next. */
  next: Ticket | undefined

  constructor(lane: LaneKey | undefined) {
    this.lane = lane
  }

  get isWaiting(): boolean {
    return this.state === "entered" || this.state === "ready"
  }

  /** Called once for every `enter`, when the lane is free and a slot is. */
  abstract start(): void
}

/**
 * Lanes and slots. A ticket enters its lane when its update arrives, which fixes the order; is made ready when its claim
 * is granted; and starts when it is the head of its lane and one of `concurrency` slots is free.
 */
export class Lanes {
  /** Tickets that have started and not left. */
  running = 0
  /** Tickets that have entered and not started. */
  waiting = 0
  readonly #concurrency: number
  readonly #tails = new SteadyMap<LaneKey, Ticket>()
  /** Heads of their lanes that lack only a slot. */
  readonly #ready: Ticket[] = []

  constructor(concurrency: number) {
    this.#concurrency = concurrency
  }

  /** Whether a ticket of this lane would have to wait. */
  isTaken(lane: LaneKey | undefined): boolean {
    return this.running >= this.#concurrency || (lane !== undefined && this.#tails.has(lane))
  }

  /** Puts a ticket behind those of its lane. One that has left may enter again, if it had started before. */
  enter(ticket: Ticket): void {
    const tail = ticket.lane === undefined ? undefined : this.#tails.get(ticket.lane)
    if (ticket.lane !== undefined) this.#tails.set(ticket.lane, ticket)
    if (tail) tail.next = ticket
    ticket.head = !tail
    ticket.next = undefined
    ticket.state = "entered"
    this.waiting++
  }

  /** Starts the ticket now if it can; otherwise it starts when its turn comes. Says whether it has started. */
  ready(ticket: Ticket): boolean {
    ticket.state = "ready"
    if (!ticket.head) return false
    if (this.#ready.length > 0 || this.running >= this.#concurrency) {
      this.#ready.push(ticket)
      return false
    }
    this.#start(ticket)
    return true
  }

  /** Gives up a ticket's place, whatever its state: the next ones move up. */
  leave(ticket: Ticket): void {
    const { state, head } = ticket
    if (state === "left") return
    ticket.state = "left"
    if (state === "started") this.running--
    else this.waiting--
    if (head && ticket.lane !== undefined) this.#pass(ticket.lane, ticket)
    // Not from here: a handler that leaves at once would start the next one inside itself, and so on.
    if (this.#ready.length > 0) queueMicrotask(() => this.#fill())
  }

  #pass(lane: LaneKey, ticket: Ticket): void {
    let next = ticket.next
    ticket.next = undefined // else a ticket that lives on would keep all that came after it
    while (next?.state === "left") next = next.next
    if (!next) {
      this.#tails.delete(lane)
      return
    }
    next.head = true
    if (next.state === "ready") this.#ready.push(next)
  }

  #fill(): void {
    while (this.running < this.#concurrency) {
      const ticket = this.#ready.shift()
      if (!ticket) return
      if (ticket.state === "ready") this.#start(ticket)
    }
  }

  #start(ticket: Ticket): void {
    ticket.state = "started"
    this.waiting--
    this.running++
    ticket.start()
  }
}
