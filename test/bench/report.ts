import { versions } from "./build.ts"
import type { Counter } from "./instructions.ts"
import { recordings } from "./load.ts"
import type { Plan, Result } from "./measure.ts"
import { type Framework, memoryTargets, subjects } from "./subjects.ts"
import { type Cell, table } from "./table.ts"

const titles: Readonly<Record<Framework, string>> = {
  express: "Express 5",
  koa: "Koa 3",
  fastify: "Fastify 5",
  http: "node:http",
}

const names: Readonly<Record<string, string>> = {
  bare: "bare",
  hookgram: "**Hookgram**",
  "fast lane": "**Hookgram, fast lane**",
  grammy: "grammY",
  telegraf: "Telegraf",
}

/** The benchmark's page, as Markdown. */
export function report(results: readonly Result[], plan: Plan, counter: Counter | undefined, command: string): string {
  const frameworks = (Object.keys(subjects) as Framework[]).filter((framework) =>
    results.some(({ subject }) => subject.framework === framework),
  )
  return [
    introduction(plan, command),
    ...frameworks.map((framework) =>
      section(
        titles[framework],
        results.filter(({ subject }) => subject.framework === framework),
      ),
    ),
    absolute(results),
    method(plan, counter),
  ].join("\n")
}

function introduction(plan: Plan, command: string): string {
  return `# Benchmarks

Written by \`${command}\`; do not edit. What one request costs a server, for a webhook with everything on (verification,
validation, dedup, lanes, deadline), against the same framework with its own body parser, a secret check by hand and the
same handler: *bare*. Ratios, so 0.75 is a quarter less than bare; the median of ${plan.rounds} rounds in which the servers took turns.
CPU time comes first, because it is what a webhook costs the application around it.

${versions().join(" · ")}
`
}

function section(title: string, results: readonly Result[]): string {
  const counted = results[0]?.instructions
  const rows = results.map(({ subject, ratio, survived, heap, rss, instructions }): Cell[] => [
    names[subject.name] ?? subject.name,
    ratio.cpu.toFixed(2),
    ...(counted === undefined || instructions === undefined ? [] : [(instructions / counted).toFixed(2)]),
    ratio.throughput.toFixed(2),
    ratio.p50.toFixed(2),
    ratio.p99.toFixed(2),
    survived.toFixed(2),
    signed(heap),
    signed(rss),
  ])
  const heads = [
    "",
    "CPU",
    ...(counted === undefined ? [] : ["instructions"]),
    "throughput",
    "p50",
    "p99",
    "survived, KiB",
    "heap, MiB",
    "RSS, MiB",
  ]
  return `## ${title}\n\n${table(heads, rows)}\n${table(["target", "is", ""], targets(results))}`
}

function targets(results: readonly Result[]): Cell[][] {
  const rows: Cell[][] = []
  const judge = (what: string, is: number, most: number): void =>
    void rows.push([what, is.toFixed(2), is <= most ? "met" : "**not met**"])
  const counted = results[0]?.instructions
  for (const { subject, ratio, survived, heap, instructions } of results) {
    const { name, target, aim } = subject
    if (target === undefined) continue
    const limit = `${name}: at most ${target.toFixed(2)} of bare`
    judge(`${limit}, in CPU time${aim === undefined ? "" : ` (aim ${aim.toFixed(2)})`}`, ratio.cpu, target)
    if (counted !== undefined && instructions !== undefined)
      judge(`${limit}, in instructions`, instructions / counted, target)
    for (const peer of results.filter(
      (other) => other.subject.name === "grammy" || other.subject.name === "telegraf",
    )) {
      judge(`${name}: less CPU time than ${names[peer.subject.name]}`, ratio.cpu, peer.ratio.cpu)
    }
    if (subject.framework !== "express" || name !== "hookgram")
      judge(
        `${name}: at most ${memoryTargets.survived} KiB survive a young collection`,
        survived,
        memoryTargets.survived,
      )
    judge(`${name}: at most ${memoryTargets.heap} MiB more heap than bare after the run`, heap, memoryTargets.heap)
  }
  return rows
}

function absolute(results: readonly Result[]): string {
  const rows = results.map(({ subject, median, instructions }): Cell[] => [
    titles[subject.framework],
    names[subject.name] ?? subject.name,
    median.cpu.toFixed(0),
    instructions?.toFixed(0) ?? "",
    median.throughput.toFixed(0),
    median.p50.toFixed(1),
    median.p99.toFixed(1),
  ])
  const heads = [
    "",
    "",
    "CPU, µs per request",
    "instructions, thousands per request",
    "requests per second",
    "p50, ms",
    "p99, ms",
  ]
  return `## Absolute figures\n\nThey say more about the machine than about the programs.\n\n${table(heads, rows)}`
}

function method(plan: Plan, counter: Counter | undefined): string {
  return `## How it is measured

- Every server is a process of its own: plain Node on compiled JavaScript, \`NODE_ENV=production\`. The client is another process.
- ${plan.connections} keep-alive connections on the loopback, one request under way on each, every update with an \`update_id\` of its own and
  in a chat of its own. The updates are recorded ones, sent in turn: ${recordings.map((name) => `\`${name}\``).join(", ")}: 0.6, 1.2, 1.8 and 8.4 kB.
- After ${plan.warmUp} requests, the servers of one framework take turns, A B C A B C, ${plan.requests} requests each. A ratio is taken within a round.
- CPU time is \`process.cpuUsage()\` of the server, all threads, kernel included. On a busy machine it moves by a third.
- Throughput and latency are those of a client that sends the next request when it has the answer to the last: the server is saturated.
- *Survived* is what V8's young collections left alive, in the young space and in the old one (\`v8.GCProfiler\`), for each
  request, sent one at a time so that other requests under way do not count. The ids that dedup remembers do.
- Heap and RSS are taken after the run and two full collections, less those of bare. RSS has the young space in it, which V8
  lets grow and shrink as it sees fit, from 1 to 16 MiB and more. Hookgram's heap includes the ids of all ${(plan.warmUp + (plan.rounds + 2) * plan.requests).toLocaleString("en")} updates.
- Instructions are ${counter === undefined ? "not counted in this run" : `counted by ${counter === "perf" ? "perf" : "callgrind"}, without the kernel's`}: \`--instructions\` does it where perf or valgrind is at hand. They
  repeat to a per cent or two, and say nothing about memory that is far away.
- The *fast lane* is the adapter for node:http in front of the application.

To repeat: \`pnpm install && pnpm bench\`. \`pnpm bench --help\` has the options.
`
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`
}
