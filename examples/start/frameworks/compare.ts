import type { Effect, Tally } from "./steps.ts"

/** What differs between what had to happen and what did: a line for each, none when all is as expected. */
export function differences(expected: Effect, actual: Effect): string[] {
  return [
    ...compare("answer", expected.answers, actual.answers),
    ...compare("run of the bot", expected.runs, actual.runs),
    ...compare("event", expected.events, actual.events),
  ]
}

function compare(what: string, expected: Tally, actual: Tally): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...names]
    .filter((name) => (expected[name] ?? 0) !== (actual[name] ?? 0))
    .map((name) => `${what} "${name}": expected ${times(expected[name])}, but got ${times(actual[name])}`)
}

function times(count: number = 0): string {
  return count === 0 ? "none" : String(count)
}

/** How often each text occurs. */
export function tally(texts: readonly string[]): Tally {
  const counts: Record<string, number> = {}
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1
  return counts
}
