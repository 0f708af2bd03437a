import * as fc from "fast-check"
import { expect, test } from "vitest"
import { type LaneKey, Lanes, Ticket } from "../../packages/core/src/lanes.ts"

/** A ticket that knows what the model thinks of it, and sees at its start whether it may. */
class Watched extends Ticket {
  phase: "out" | "entered" | "ready" | "started" = "out"
  starts = 0
  entries = 0
  readonly #model: Model

  constructor(lane: LaneKey | undefined, model: Model) {
    super(lane)
    this.#model = model
  }

  override start(): void {
    // Noted and not thrown: lanes also start tickets from a microtask, where nobody would catch it.
    if (this.phase !== "ready") this.#model.faults.push(`started while ${this.phase}`)
    this.phase = "started"
    this.starts++
    this.#model.hasStarted(this)
  }
}

/** Lanes as plain lists in the order of entering. */
class Model {
  readonly lanes: Lanes
  readonly concurrency: number
  readonly tickets: readonly Watched[]
  inside: Watched[] = []
  readonly faults: string[] = []

  constructor(concurrency: number, keys: readonly (LaneKey | undefined)[]) {
    this.concurrency = concurrency
    this.lanes = new Lanes(concurrency)
    this.tickets = keys.map((key) => new Watched(key, this))
  }

  /** Whether nobody of the same lane is in front of a ticket. */
  isFirst(ticket: Watched): boolean {
    return ticket.lane === undefined || this.inside.find(({ lane }) => lane === ticket.lane) === ticket
  }

  get running(): Watched[] {
    return this.inside.filter(({ phase }) => phase === "started")
  }

  hasStarted(ticket: Watched): void {
    if (!this.isFirst(ticket)) this.faults.push("started out of turn")
    if (this.running.length > this.concurrency) this.faults.push("started without a slot")
  }

  enter(ticket: Watched): void {
    // Who has left while waiting does not come back: a run only enters again after an attempt.
    if (ticket.phase !== "out" || ticket.starts < ticket.entries) return
    ticket.phase = "entered"
    ticket.entries++
    this.inside.push(ticket)
    this.lanes.enter(ticket)
  }

  ready(ticket: Watched): void {
    if (ticket.phase !== "entered") return
    ticket.phase = "ready"
    expect(this.lanes.ready(ticket)).toBe(this.running.includes(ticket))
  }

  leave(ticket: Watched): void {
    this.inside = this.inside.filter((other) => other !== ticket)
    ticket.phase = "out"
    this.lanes.leave(ticket)
  }

  check(): void {
    const running = this.running.length
    const taken = this.tickets.map(
      ({ lane }) =>
        running >= this.concurrency || (lane !== undefined && this.inside.some((other) => other.lane === lane)),
    )
    const { lanes } = this
    // One comparison as text: it is made some 20 000 times.
    const seen = [this.faults, lanes.running, lanes.waiting, this.tickets.map(({ lane }) => lanes.isTaken(lane))]
    expect(JSON.stringify(seen)).toBe(JSON.stringify([[], running, this.inside.length - running, taken]))
  }

  /** Once all is quiet, nobody waits who could run. */
  checkBusy(): void {
    if (this.running.length === this.concurrency) return
    expect(this.inside.filter((ticket) => ticket.phase === "ready" && this.isFirst(ticket))).toEqual([])
  }
}

const quiet = (): Promise<void> => Promise.resolve()
const step = fc.record({
  what: fc.constantFrom("enter", "ready", "go", "go", "go", "leave", "quiet"),
  which: fc.nat(9),
})

test("lanes keep their order and their limit, nobody starts twice, and all that is ready starts in the end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.constantFrom<(LaneKey | undefined)[]>(1, 1, 1, 2, 2, "1", undefined), {
        minLength: 4,
        maxLength: 10,
      }),
      fc.array(step, { minLength: 10, maxLength: 80, size: "max" }),
      async (concurrency, keys, steps) => {
        const model = new Model(concurrency, keys)
        for (const { what, which } of steps) {
          const ticket = model.tickets[which % keys.length]!
          if (what === "quiet") {
            await quiet()
            model.checkBusy()
          }
          if (what === "enter" || what === "go") model.enter(ticket)
          if (what === "ready" || what === "go") model.ready(ticket)
          if (what === "leave") model.leave(ticket)
          model.check()
        }
        // What is unready becomes ready, and what runs leaves, until nobody is left.
        for (const ticket of model.tickets) model.ready(ticket)
        for (let left = model.inside.length; left > 0; left--) {
          await quiet()
          model.checkBusy()
          const [first] = model.running
          expect(first).toBeDefined()
          model.leave(first!)
          model.check()
        }
        await quiet()
        model.check()
        expect(model.inside).toEqual([])
      },
    ),
    { numRuns: 300 },
  )
})
