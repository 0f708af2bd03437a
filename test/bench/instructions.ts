import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Running } from "./process.ts"
import type { Subject } from "./subjects.ts"

export function hasValgrind(): boolean {
  return spawnSync("valgrind", ["--version"]).status === 0
}

/** Requests before callgrind counts, for V8 to have compiled what is worth it; in front of those that are counted; and those. */
const WARM_UP = 30_000
const SETTLE = 2000
const COUNTED = 2000

/**
 * Thousands of instructions that a server runs for a request, counted by callgrind; those of the kernel are not.
 *
 * The server calls `os.uptime()` before and after the counted requests. That ends in `uv_uptime`, where callgrind writes
 * down what it has counted since the last time; so neither the start nor the warm-up is in the count.
 */
export async function countInstructions(subject: Subject, folder: string, connections: number): Promise<number> {
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
    await running.warmUp(SETTLE)
    await running.measure(COUNTED)
    return total(join(counts, "count.2"), counts) / COUNTED / 1000
  } finally {
    await running.stop()
    rmSync(counts, { recursive: true })
  }
}

function total(file: string, folder: string): number {
  const [, instructions] = /^totals: (\d+)$/m.exec(readFileSync(file, "utf8")) ?? []
  if (instructions === undefined) throw new Error(`callgrind wrote no total: ${readdirSync(folder).join(" ")}`)
  return Number(instructions)
}
