import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterEach, expect, test, vi } from "vitest"
import { RealClock } from "../../../packages/simulator/src/clock/real.ts"

const START = Date.UTC(2026, 0, 1)
const DAY = 86_400_000

/** A clock that is stopped when the test is over. */
function clockOf(speed: number): RealClock {
  clock = new RealClock(speed, START)
  return clock
}
let clock: RealClock | undefined
afterEach(() => {
  clock?.stop()
  vi.useRealTimers()
})

test("the time begins where it is told to, and passes", async () => {
  const real = clockOf(1)
  expect(real.now()).toBeGreaterThanOrEqual(START)
  const before = real.now()
  await real.sleep(5)
  expect(real.now()).toBeGreaterThanOrEqual(before + 5)
})

test("with a speed, hours pass in moments, and a timer is never early", async () => {
  const fast = clockOf(1_000_000)
  const before = fast.now()
  for (const wait of [1, 1000, 3_600_000, 7_200_001]) {
    const at = fast.now() + wait
    await fast.sleep(wait)
    expect(fast.now()).toBeGreaterThanOrEqual(at)
  }
  expect(fast.now() - before).toBeGreaterThan(3 * 3_600_000)
})

test("a timer of 60 days comes due after 60 days, though Node's cannot wait for more than 24.8", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] })
  const slow = clockOf(1)
  let due: number | undefined
  let cancelled = false
  slow.after(60 * DAY, () => (due = slow.now()))
  const { cancel } = slow.after(50 * DAY, () => (cancelled = true))
  await vi.advanceTimersByTimeAsync(30 * DAY)
  expect(due).toBeUndefined()
  cancel()
  await vi.advanceTimersByTimeAsync(30 * DAY - 1)
  expect(due).toBeUndefined()
  await vi.advanceTimersByTimeAsync(2)
  expect(due).toBeGreaterThanOrEqual(START + 60 * DAY)
  expect(cancelled).toBe(false)
})

test("until looks at once, and again and again for what nobody tells the clock of", async () => {
  const real = clockOf(1)
  let found: string | undefined = "there already"
  expect(await real.until(() => found, 10_000)).toBe("there already")
  found = undefined
  setTimeout(() => (found = "it"), 20)
  expect(await real.until(() => found, 60_000)).toBe("it")
})

test("until gives nothing when its time is over, by the clock's own speed", async () => {
  expect(await clockOf(1000).until(() => undefined, 5000)).toBeUndefined()
})

test("until rejects with what the check throws", async () => {
  const real = clockOf(1)
  const fail = () => {
    throw new Error("A bad check")
  }
  await expect(real.until(fail, 10_000)).rejects.toThrow("A bad check")
})

test("after it was stopped nothing comes due, and nothing keeps the process alive", async () => {
  const module = fileURLToPath(new URL("../../../packages/simulator/src/clock/real.ts", import.meta.url))
  const program = `
    const { RealClock } = await import(${JSON.stringify(module)})
    const clock = new RealClock(1, 0)
    clock.after(3_600_000, () => console.log("due"))
    void clock.sleep(3_600_000)
    void clock.until(() => undefined, 3_600_000)
    clock.stop()
    clock.after(1, () => console.log("due"))
    clock.after(3_600_000, () => console.log("due"))
    console.log("stopped")`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { cwd: fileURLToPath(new URL("../../..", import.meta.url)), timeout: 15_000 },
  )
  expect(stdout).toBe("stopped\n")
})
