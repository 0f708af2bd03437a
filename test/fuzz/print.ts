import { fuzzCase } from "./fuzz-case.ts"
import type { FuzzReport, Violation } from "./fuzz-run.ts"

/** How many of the cases that may have caused a violation are shown with their bytes. */
const SHOWN = 6

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

/** What happened to one adapter, in a line. */
export function summary({ adapter, count, counts, handled, measures, seconds, violations }: FuzzReport): string {
  const statuses = [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([status, times]) => `${status}: ${times}`)
  const [, early] = measures
  const late = measures.at(-1)
  const heap = early && late ? `heap ${mib(early.heap)} → ${mib(late.heap)} MiB` : "heap unknown"
  const verdict = violations.length === 0 ? "ok" : `${violations.length} VIOLATIONS`
  return `${adapter.padEnd(10)} ${count} cases in ${seconds.toFixed(0)} s  ${verdict}  ${statuses.join("  ")}  handled: ${handled}  ${heap}`
}

/** A violation, with the exact bytes of its cases and the way to send them again. */
export function describe({ problem, cases }: Violation, { adapter, seed }: FuzzReport): string {
  const replays = cases.slice(0, SHOWN).map((index) => {
    const { mutations, pieces, ending } = fuzzCase(seed, index)
    const lines = pieces.map((piece) => `      ${escaped(piece)}`)
    return [
      `  case ${index} (${mutations.join("; ") || "untouched"}), then ${ending}:`,
      ...lines,
      `    again: pnpm fuzz --only ${JSON.stringify(adapter)} --seed ${seed} --case ${index}`,
    ].join("\n")
  })
  const more =
    cases.length > SHOWN ? [`  or one of the other cases under way at that time: ${cases.slice(SHOWN).join(", ")}`] : []
  return [`${adapter}, seed ${seed}: ${problem}`, ...replays, ...more].join("\n")
}

/** Bytes as the text of a JavaScript string, to be read as Latin-1. */
export function escaped(bytes: Buffer): string {
  return JSON.stringify(bytes.toString("latin1")).replace(
    /[\u007f-\u00ff]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16)}`,
  )
}
