import { logFailures } from "@hookgram/core"

const codes = { SIGTERM: 143, SIGINT: 130 } as const

/** What ends the servers that run in this process: it may only exit when the last of them has ended. */
const running = new Set<() => Promise<void>>()
let isEnding = false

/**
 * Ends the process when it is told to: with 0 after `close`, with 1 if that fails, at once the second time.
 *
 * @returns what has it no longer done
 */
export function endOnSignals(close: () => Promise<void>): () => void {
  if (running.size === 0) process.on("SIGTERM", end).on("SIGINT", end)
  running.add(close)
  return () => {
    running.delete(close)
    if (running.size === 0) process.off("SIGTERM", end).off("SIGINT", end)
  }
}

function end(signal: keyof typeof codes): void {
  if (isEnding) process.exit(codes[signal])
  isEnding = true
  void Promise.allSettled(Array.from(running, (close) => close())).then((results) => {
    const failures = results.filter((result) => result.status === "rejected")
    for (const { reason } of failures) logFailures({ type: "faulted", error: reason })
    process.exit(failures.length === 0 ? 0 : 1)
  })
}
