import type { WebhookEvent } from "@hookgram/core"
import { differences } from "./compare.ts"
import type { Effect, Step } from "./steps.ts"
import { type Look, paint, type Piece, type Row, rowLine, wrap } from "./table.ts"

/** What a step brought about in an application, and how long it took. */
export interface Result extends Effect {
  readonly milliseconds: number
}

const HEADING =
  "Hookgram: one bot in three applications. Recorded Telegram updates are posted to each over HTTP, byte for byte as Telegram does. Each cell: as expected or not, the status answered, milliseconds."

/** Totals to show, and the events that are counted for each. */
const totals: readonly (readonly [title: string, ...events: WebhookEvent["type"][]])[] = [
  ["deliveries arrived", "received", "rejected"],
  ["handled", "finished"],
  ["failed", "failed"],
  ["de-duplicated", "duplicate"],
  ["joined a running one", "joined"],
  ["refused", "rejected"],
]

/** What is known so far: a result for each step and application. */
export class Board {
  readonly steps: readonly Step[]
  readonly applications: readonly string[]
  readonly #results = new Map<string, Result>()

  constructor(steps: readonly Step[], applications: readonly string[]) {
    this.steps = steps
    this.applications = applications
  }

  set(step: Step, application: string, result: Result): void {
    this.#results.set(this.#key(step, application), result)
  }

  /** Whether all applications are through with a step. */
  isComplete(step: Step): boolean {
    return this.applications.every((application) => this.#get(step, application))
  }

  /** What is not as expected, a line for each. */
  problems(): string[] {
    return this.applications.flatMap((application) =>
      this.steps.flatMap((step) => {
        const result = this.#get(step, application)
        const found = result ? differences(step.expected, result) : ["did not come to an end"]
        return found.map((difference) => `${application}, ${step.title}: ${difference}`)
      }),
    )
  }

  /** The lines above the steps. */
  head(look: Look): string[] {
    const names: Row = {
      title: "Telegram posts",
      remark: "what is to be seen",
      cells: this.applications.map((text) => ({ text })),
    }
    return [...wrap(HEADING, look.width), "", rowLine(names, look, "strong")]
  }

  stepLine(step: Step, look: Look): string {
    return rowLine(
      {
        title: step.title,
        remark: step.shows,
        cells: this.applications.map((application) => this.#cell(step, application)),
      },
      look,
    )
  }

  /** The sums over all steps. */
  totalLines(look: Look): string[] {
    const rows = totals.map(([title, ...events]): Row => ({
      title,
      remark: "",
      cells: this.applications.map((application) => ({ text: String(this.#sum(application, events)) })),
    }))
    return [
      rowLine({ title: "In all", remark: "", cells: this.applications.map(() => ({ text: "" })) }, look, "strong"),
      ...rows.map((row) => rowLine(row, look)),
    ]
  }

  /** The last words: a summary and what to read next, or what is wrong. */
  closing(seconds: number, { width, colour }: Look): string[] {
    const problems = this.problems()
    if (problems.length > 0)
      return ["Not as expected:", ...problems.flatMap((problem) => wrap(`- ${problem}`, width))].map((line) =>
        paint(line, "bad", colour),
      )
    const all = `All as expected in ${this.applications.join(", ")}, after ${seconds.toFixed(1)} s: each update was handled once, however often it came.`
    return [
      ...wrap(all, width).map((line) => paint(line, "good", colour)),
      ...wrap("Next: README.md, then the small applications in examples/.", width),
    ]
  }

  #cell(step: Step, application: string): Piece {
    const result = this.#get(step, application)
    if (!result) return { text: "…", tone: "faint" }
    const good = differences(step.expected, result).length === 0
    const statuses = new Set(Object.keys(result.answers).map((answer) => answer.split(" ")[0]))
    const time = result.milliseconds < 10 ? result.milliseconds.toFixed(1) : result.milliseconds.toFixed(0)
    return { text: `${good ? "✓" : "✗"} ${[...statuses].join("/")} ${time.padStart(4)}`, tone: good ? "good" : "bad" }
  }

  #sum(application: string, events: readonly string[]): number {
    const counts = this.steps.flatMap((step) => events.map((event) => this.#get(step, application)?.events[event] ?? 0))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  #get(step: Step, application: string): Result | undefined {
    return this.#results.get(this.#key(step, application))
  }

  #key(step: Step, application: string): string {
    return `${application}: ${step.title}`
  }
}
