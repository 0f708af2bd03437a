import { observe, type Outcome } from "./observe.ts"
import type { Subject } from "./subject.ts"
import { troubles } from "./troubles.ts"

/** What became of an update with each of them, in the order of the troubles. */
export type Observed = ReadonlyMap<Subject, readonly Outcome[]>

/** Puts each of them to each of the troubles, all at once. */
export async function observeAll(subjects: readonly Subject[]): Promise<Observed> {
  const { exitCode } = process
  const { error } = console
  // The libraries print what a handler throws, and Telegraf sets the exit code.
  console.error = () => {}
  try {
    const all = subjects.map(async (subject) => {
      const outcomes = await Promise.all(troubles.map((trouble) => observe(subject, trouble)))
      return [subject, outcomes] as const
    })
    return new Map(await Promise.all(all))
  } finally {
    console.error = error
    process.exitCode = exitCode
  }
}
