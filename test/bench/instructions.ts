import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Readable, Writable } from "node:stream"
import { Running } from "./process.ts"
import type { Subject } from "./subjects.ts"

/** Requests for V8 to have compiled what is worth it, and those that are counted. */
const WARM_UP = 25_000
const COUNTED = 4000

/** What counts the instructions of a process; the kernel's are left out. */
export type Counter = "perf" | "valgrind"

/** The counters that work on this machine, the better one first: perf asks the processor, which costs no time. */
export function counters(): readonly Counter[] {
  const perf = spawnSync("perf", ["stat", "-x,", "-e", "instructions:u", "true"])
  const works = {
    perf: /^\d+,/m.test(String(perf.stderr)),
    valgrind: spawnSync("valgrind", ["--version"]).status === 0,
  }
  return (["perf", "valgrind"] as const).filter((counter) => works[counter])
}

/** Thousands of instructions that a server runs for a request. */
export async function countInstructions(
  counter: Counter,
  subject: Subject,
  folder: string,
  connections: number,
): Promise<number> {
  const count = counter === "perf" ? countWithPerf : countWithValgrind
  return (await count(subject, folder, connections)) / COUNTED / 1000
}

async function countWithPerf(subject: Subject, folder: string, connections: number): Promise<number> {
  const running = await Running.start(subject, folder, connections)
  try {
    await running.warmUp(WARM_UP)
    const args = ["stat", "-x,", "-e", "instructions:u", "-p", String(running.pid), "--delay=-1", "--control=fd:3,4"]
    const perf = spawn("perf", args, { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] })
    let written = ""
    perf.stderr!.on("data", (chunk) => (written += String(chunk)))
    await tell(perf, "enable")
    await running.measure(COUNTED)
    await tell(perf, "disable")
    perf.kill("SIGINT")
    await once(perf, "close")
    return found(/^(\d+),/m, written)
  } finally {
    await running.stop()
  }
}

async function tell(perf: ChildProcess, command: "enable" | "disable"): Promise<void> {
  ;(perf.stdio[3] as Writable).write(`${command}\n`)
  await once(perf.stdio[4] as Readable, "data")
}

/**
 * The server calls `os.uptime()` before and after the counted requests. That ends in `uv_uptime`, where callgrind writes
 * down what it has counted since the last time; so neither the start nor the warm-up is in the count.
 */
async function countWithValgrind(subject: Subject, folder: string, connections: number): Promise<number> {
  const counts = mkdtempSync(join(tmpdir(), "hookgram-callgrind-"))
  const running = await Running.start(subject, folder, connections, [
    "valgrind",
    "-q",
    "--tool=callgrind",
    "--instr-atstart=no", // ten times as fast, until told otherwise below
    "--smc-check=all-non-file", // V8 writes its own machine code
    "--dump-before=uv_uptime",
    `--callgrind-out-file=${join(counts, "count")}`,
  ])
  try {
    await running.warmUp(WARM_UP)
    execFileSync("callgrind_control", ["--instr=on", String(running.pid)])
    await running.warmUp(COUNTED / 2)
    await running.measure(COUNTED)
    return found(/^totals: (\d+)$/m, readFileSync(join(counts, "count.2"), "utf8"))
  } finally {
    await running.stop()
    rmSync(counts, { recursive: true })
  }
}

function found(number: RegExp, text: string): number {
  const [, digits] = number.exec(text) ?? []
  if (digits === undefined) throw new Error(`There is no count of instructions in: ${text.slice(0, 500)}`)
  return Number(digits)
}
