/** Sends random mutations of recorded requests to every adapter: `pnpm fuzz [--seed n] [--count n] [--only adapter] [--case index]`. */
import { parseArgs } from "node:util"
import { adapters, runFuzz } from "./fuzz-run.ts"
import { describe, summary } from "./print.ts"

const { values } = parseArgs({
  // `pnpm fuzz -- --seed 1` hands the two dashes on.
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: { seed: { type: "string" }, count: { type: "string" }, only: { type: "string" }, case: { type: "string" } },
})

function whole(name: "seed" | "count" | "case", otherwise: number): number {
  const number = Number(values[name] ?? otherwise)
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} must be a whole number`)
  return number
}

const seed = whole("seed", Math.floor(Math.random() * 2 ** 31))
const chosen = adapters.filter((adapter) => values.only === undefined || adapter === values.only)
if (chosen.length === 0) throw new Error(`--only must be one of: ${adapters.join(", ")}`)
const first = whole("case", 0)
const count = values.case === undefined ? whole("count", 100_000) : 1

console.log(`${count} mutations of recorded requests to each of: ${chosen.join(", ")}. Seed ${seed}.`)
for (const adapter of chosen) {
  const report = await runFuzz({ adapter, seed, count, first })
  console.log(summary(report))
  for (const violation of report.violations) console.log(describe(violation, report))
  if (report.violations.length > 0) process.exitCode = 1
}
