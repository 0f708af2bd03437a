import type { Fault } from "../../../packages/simulator/src/delivery/faults.ts"

/** Something that goes wrong with one update. Times are milliseconds of Telegram's. */
export interface Trouble {
  readonly title: string
  readonly what: string
  /** How long the handler takes. */
  readonly takes: number
  /** Whether its first run fails. */
  readonly fails?: true
  /** When the process dies, counted from the beginning of the first run. Before that one ends. */
  readonly diesAfter?: number
  readonly fault?: Fault
  /** For how long deliveries are watched. Default: 60 000. */
  readonly watched?: number
  /** How many times as fast as Telegram's the time runs. Default: 8, which leaves room for a machine that is busy. */
  readonly speed?: number
}

export const troubles: readonly Trouble[] = [
  {
    title: "takes 65 s",
    what: "The handler takes 65 s. Telegram waits 60 s for an answer.",
    takes: 65_000,
    watched: 250_000,
    speed: 30,
  },
  { title: "fails once", what: "The handler takes 1 s. Its first run throws at the end.", takes: 1000, fails: true },
  {
    title: "answer lost",
    what: "The handler takes 1 s. The connection breaks before Telegram has read the answer.",
    takes: 1000,
    fault: { kind: "lose-answer" },
  },
  {
    title: "duplicate",
    what: "The handler takes 1 s. The update is delivered twice at the same time.",
    takes: 1000,
    fault: { kind: "duplicate" },
  },
  {
    title: "request cut",
    what: "The handler takes 1 s. The connection breaks in the middle of the first request.",
    takes: 1000,
    fault: { kind: "cut" },
  },
  {
    title: "process dies",
    what: "The handler takes 7 s. The process dies 6 s after its first run began, and another takes its place at once.",
    takes: 7000,
    diesAfter: 6000,
  },
]
