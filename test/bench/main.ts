import { rmSync, writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { build } from "./build.ts"
import { countInstructions, counters } from "./instructions.ts"
import { measure, type Plan, type Result } from "./measure.ts"
import { report } from "./report.ts"
import { type Framework, subjects } from "./subjects.ts"

const usage = `pnpm bench [--quick] [--only <framework>] [--rounds <n>] [--requests <n>] [--instructions]
           [--keep] [--built <folder>]
  --only          ${Object.keys(subjects).join(", ")}
  --rounds        turns that each server gets
  --requests      requests in each turn
  --quick         few short turns, to see that it works
  --keep          leave the build and say where it is
  --built         measure such a build again, to compare two
  --instructions  count instructions too: with perf, which takes minutes, or valgrind, which takes about an hour
  --counter       perf or valgrind, if not the first of the two that works here
A run of everything, not quick, writes docs/benchmarks.md; any other only shows what it would write.`

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    rounds: { type: "string" },
    requests: { type: "string" },
    built: { type: "string" },
    keep: { type: "boolean", default: false },
    instructions: { type: "boolean", default: false },
    counter: { type: "string" },
    help: { type: "boolean", default: false },
  },
})

const frameworks = (values.only?.split(",") ?? Object.keys(subjects)) as Framework[]
if (values.help || !frameworks.every((framework) => framework in subjects)) {
  console.log(usage)
  process.exit(values.help ? 0 : 1)
}
const counter = values.instructions ? counters().find((each) => each === (values.counter ?? each)) : undefined
if (values.instructions && !counter) {
  console.error("--instructions needs perf or valgrind on the PATH.")
  process.exit(1)
}

const plan: Plan = {
  rounds: Number(values.rounds ?? (values.quick ? 3 : 11)),
  requests: Number(values.requests ?? (values.quick ? 1000 : 3000)),
  warmUp: values.quick ? 3000 : 25_000,
  connections: 40,
}

const folder = values.built ?? build()
try {
  const results: Result[] = []
  for (const framework of frameworks) {
    console.error(`${framework} …`)
    const measured = await measure(subjects[framework], folder, plan)
    for (const result of measured) {
      results.push(
        counter
          ? { ...result, instructions: await countInstructions(counter, result.subject, folder, plan.connections) }
          : result,
      )
    }
  }
  const text = report(results, plan, counter, ["pnpm bench", ...process.argv.slice(2)].join(" "))
  console.log(text)
  if (!values.quick && !values.only && !values.built)
    writeFileSync(new URL("../../docs/benchmarks.md", import.meta.url), text)
} finally {
  if (values.keep) console.error(`The build is in ${folder}`)
  else if (!values.built) rmSync(folder, { recursive: true })
}
