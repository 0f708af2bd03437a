import { Running, type Window } from "./process.ts"
import type { Subject } from "./subjects.ts"

export interface Plan {
  readonly rounds: number
  /** Requests in each round, for each subject. */
  readonly requests: number
  readonly warmUp: number
  readonly connections: number
}

/** What was found out about a subject. */
export interface Result {
  readonly subject: Subject
  /** Medians over the rounds. */
  readonly median: Window
  /** Medians over the rounds of the quotient of this and the bare framework. */
  readonly ratio: Window
  /** KiB that survived a young collection, for each request. */
  readonly survived: number
  /** MiB after the run, more than the bare framework. */
  readonly heap: number
  readonly rss: number
  /** Thousands of instructions per request, where valgrind counted them. */
  readonly instructions?: number
}

const MIB = 1024 * 1024

/** Measures the subjects of one framework in turns: A B C, A B C, … The first is what the others are compared with. */
export async function measure(subjects: readonly Subject[], folder: string, plan: Plan): Promise<readonly Result[]> {
  const running: Running[] = []
  try {
    for (const subject of subjects) running.push(await Running.start(subject, folder, plan.connections))
    for (const each of running) await each.warmUp(plan.warmUp)
    const windows: Window[][] = running.map(() => [])
    for (let round = 0; round < plan.rounds; round++) {
      for (const [index, each] of running.entries()) windows[index]!.push(await each.measure(plan.requests))
    }
    const survived: number[] = []
    for (const each of running) survived.push(await each.garbage(plan.requests * 2))
    const memories = await Promise.all(running.map((each) => each.memory()))
    return running.map(({ subject }, index) => ({
      subject,
      median: medians(windows[index]!),
      ratio: medians(windows[index]!.map((window, round) => quotient(window, windows[0]![round]!))),
      survived: survived[index]!,
      heap: (memories[index]!.heap - memories[0]!.heap) / MIB,
      rss: (memories[index]!.rss - memories[0]!.rss) / MIB,
    }))
  } finally {
    await Promise.all(running.map((each) => each.stop()))
  }
}

const fields = ["cpu", "throughput", "p50", "p99"] as const

function windowOf(value: (field: (typeof fields)[number]) => number): Window {
  return { cpu: value("cpu"), throughput: value("throughput"), p50: value("p50"), p99: value("p99") }
}

function quotient(window: Window, bare: Window): Window {
  return windowOf((field) => window[field] / bare[field])
}

function medians(windows: readonly Window[]): Window {
  return windowOf((field) => median(windows.map((window) => window[field])))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
