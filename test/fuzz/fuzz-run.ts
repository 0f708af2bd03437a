import { Client } from "./client.ts"
import { fuzzCase, sentinelId } from "./fuzz-case.ts"
import { Ledger } from "./ledger.ts"
import type { Measure, Note } from "./messages.ts"
import { Random } from "./random.ts"
import { ServerProcess } from "./server-process.ts"

/** The adapters, by the name of a mount of each. */
export const adapters = ["node:http", "Express 5", "Express 4", "Koa 3", "Fastify 5"] as const

export interface FuzzPlan {
  readonly adapter: string
  readonly seed: number
  readonly count: number
  /** The index of the first case. */
  readonly first?: number
  /** How many connections send at once. */
  readonly connections?: number
}

/** Something that must not happen, with the cases that may have brought it about. */
export interface Violation {
  readonly problem: string
  readonly cases: readonly number[]
}

export interface FuzzReport extends FuzzPlan {
  /** How often each status was answered; `closed`: no answer. */
  readonly counts: ReadonlyMap<string, number>
  /** Different updates that the server has done. */
  readonly handled: number
  /** What the process held, idle, at the beginning, after the first tenth of the cases, and from time to time until the end. */
  readonly measures: readonly Measure[]
  readonly seconds: number
  readonly violations: readonly Violation[]
}

const CONNECTIONS = 96

/** One untouched delivery for so many cases. */
const SENTINEL_EVERY = 40

/** A process does not stand still to the byte: compiled code comes and goes. */
const HEAP_SLACK = 3 * 2 ** 20

/** After this many, it is clear that something is wrong. */
const ENOUGH = 5

/** Sends the cases of a plan to a fresh server. */
export async function runFuzz(plan: FuzzPlan): Promise<FuzzReport> {
  const run = new FuzzRun(plan)
  try {
    return await run.report()
  } finally {
    await run.server.stop()
  }
}

/** The indices before which the run pauses to look at the process: after each tenth, in a short run only after the first and the last. */
function pauses(first: number, count: number): number[] {
  const tenths = count < 20_000 ? [1, 10] : Array.from({ length: 10 }, (_, index) => index + 1)
  return tenths.map((tenth) => first + Math.ceil((count * tenth) / 10))
}

class FuzzRun {
  readonly server: ServerProcess
  readonly #plan: FuzzPlan
  readonly #ledger = new Ledger()
  readonly #counts = new Map<string, number>()
  readonly #measures: Measure[] = []
  readonly #violations: Violation[] = []
  /** The cases sent since the last pause, by the client's port. */
  readonly #casesByPort = new Map<number, number[]>()
  readonly #inFlight = new Set<number>()
  readonly #sentinels: number[] = []
  #next: number
  #sentinelCount = 0

  constructor(plan: FuzzPlan) {
    this.#plan = plan
    this.#next = plan.first ?? 0
    this.server = new ServerProcess(plan.adapter, (notes) => this.#take(notes))
  }

  async report(): Promise<FuzzReport> {
    const { count, seed, adapter, first = 0 } = this.#plan
    const port = await this.server.port
    const started = Date.now()
    await this.#pause()
    for (const end of pauses(first, count)) {
      if (!this.#goesOn) break
      await Promise.all(Array.from({ length: this.#plan.connections ?? CONNECTIONS }, () => this.#work(port, end)))
      await this.#pause()
    }
    this.#compareEnds()
    const seconds = (Date.now() - started) / 1000
    return {
      adapter,
      seed,
      count,
      first,
      counts: this.#counts,
      handled: this.#ledger.handled,
      measures: this.#measures,
      seconds,
      violations: this.#violations,
    }
  }

  get #goesOn(): boolean {
    return this.#violations.length < ENOUGH && this.server.gone === undefined
  }

  /** Sends cases until `end` is reached. */
  async #work(port: number, end: number): Promise<void> {
    const client = new Client(port, this.#ledger, this.#counts)
    while (this.#next < end && this.#goesOn) {
      const index = this.#next++
      const one = fuzzCase(this.#plan.seed, index)
      await this.#try(client, index, () => client.send(one))
      if (index % SENTINEL_EVERY === SENTINEL_EVERY - 1 && this.#goesOn) {
        const count = this.#sentinelCount++
        this.#sentinels.push(sentinelId(count))
        await this.#try(client, index, () => client.sendSentinel(count, new Random(this.#plan.seed, -count)))
      }
    }
    client.close()
  }

  /** Sends one thing. When the process ends meanwhile, the case stays in flight, as one that may be the cause. */
  async #try(client: Client, index: number, send: () => Promise<string | undefined>): Promise<void> {
    this.#inFlight.add(index)
    let problem: string | undefined
    try {
      problem = await send()
    } catch (error) {
      problem = `the client could not connect: ${error}`
    }
    this.#casesByPort.set(client.linePort, [...(this.#casesByPort.get(client.linePort) ?? []), index])
    if (this.server.gone !== undefined) return
    this.#inFlight.delete(index)
    if (problem !== undefined) this.#violate(problem, [index])
  }

  #violate(problem: string, cases: readonly number[]): void {
    if (this.#violations.length < ENOUGH) this.#violations.push({ problem, cases })
  }

  /** The cases in flight, and those begun last: one of them has ended the process. */
  #recent(): number[] {
    const { first = 0, connections = CONNECTIONS } = this.#plan
    const last = Array.from({ length: connections * 2 }, (_, index) => this.#next - 1 - index).filter(
      (index) => index >= first,
    )
    return [...new Set([...last, ...this.#inFlight])]
  }

  #take(notes: readonly Note[]): void {
    for (const note of notes) {
      const found = this.#ledger.note(note)
      if (found)
        this.#violate(
          found.problem,
          found.port === undefined ? [...this.#inFlight] : (this.#casesByPort.get(found.port) ?? [...this.#inFlight]),
        )
    }
  }

  /** With nothing under way: measures, and settles the accounts. */
  async #pause(): Promise<void> {
    const measure = await this.server.measure()
    if (!measure) {
      // Before all else: what the clients then saw follows from it.
      const problem = `the server's process is gone. ${this.server.gone}\n${this.server.errors}`
      this.#violations.splice(0, Infinity, { problem, cases: this.#recent() })
      return
    }
    this.#measures.push(measure)
    if (measure.connections > 0) this.#violate(`${measure.connections} connections were left open`, [])
    if (measure.busy > 0) this.#violate(`${measure.busy} updates were left on their way`, [])
    if (this.server.errors !== "")
      this.#violate(`the server's process has written to its standard error:\n${this.server.errors}`, [])
    for (const port of this.#ledger.unaccounted())
      this.#violate("a 200 was read that the server's process does not know of", this.#casesByPort.get(port) ?? [])
    for (const id of this.#sentinels.splice(0))
      if (!this.#ledger.isDone(id)) this.#violate(`the untouched delivery ${id} was not handled`, [])
    this.#casesByPort.clear()
  }

  /** Holds the end against the state after the first tenth. */
  #compareEnds(): void {
    const [, early] = this.#measures
    const late = this.#measures.at(-1)
    if (!early || !late) return
    const grown = late.heap - early.heap
    if (grown > HEAP_SLACK) this.#violate(`the heap has grown by ${grown} bytes since the first tenth`, [])
    for (const [type, count] of Object.entries(late.resources)) {
      const before = early.resources[type] ?? 0
      if (count > before + 1)
        this.#violate(`there were ${before} open ${type} after the first tenth, and ${count} at the end`, [])
    }
  }
}
