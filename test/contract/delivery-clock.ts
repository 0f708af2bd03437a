import { vi } from "vitest"

/** Lets the test pass time that nothing shall really wait for. Sockets go on by themselves. */
export async function withClock(run: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] })
  try {
    await run()
  } finally {
    vi.useRealTimers()
  }
}
