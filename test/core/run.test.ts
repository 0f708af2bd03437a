import type { Outcome } from "@hookgram/core"
import { afterEach, expect, test, vi } from "vitest"
import { Context, Run } from "../../packages/core/src/run.ts"
import { recordedUpdate } from "../support/updates.ts"

const newRun = (wait = 5000): Run => new Run(recordedUpdate("message-59-text-hello", 7), "", 1, Date.now(), wait)
const reply = { method: "sendMessage", text: "hi" }

/** Lets so many deliveries wait for a run and collects what they are told. */
function deliveries(run: Run, count: number): Outcome[][] {
  return Array.from({ length: count }, () => {
    const told: Outcome[] = []
    run.wait({ settle: (outcome) => void told.push(outcome) })
    return told
  })
}

afterEach(() => {
  vi.useRealTimers()
})

test("all that wait are told the outcome once, and only the first gets the reply", () => {
  const run = newRun()
  const told = deliveries(run, 3)
  expect(run.isAwaited).toBe(true)
  run.settle({ result: "handled", reply })
  run.settle({ result: "handled", reply })
  expect(told).toEqual([[{ result: "handled", reply }], [{ result: "handled" }], [{ result: "handled" }]])
  expect(run.isAwaited).toBe(false)
  expect(run.outcome).toEqual({ result: "handled" })
})

test("who no longer waits is told nothing", () => {
  const run = newRun()
  const told: Outcome[] = []
  const waiter = { settle: (outcome: Outcome): void => void told.push(outcome) }
  run.wait(waiter)
  const [other] = deliveries(run, 1)
  run.unwait(waiter)
  run.settle({ result: "handled", reply })
  expect([told, other]).toEqual([[], [{ result: "handled", reply }]])
})

test("acknowledging tells those that wait now, and is no outcome", () => {
  const run = newRun()
  const [early] = deliveries(run, 1)
  run.acknowledge()
  expect([early, run.acknowledged, run.outcome, run.isAwaited]).toEqual([
    [{ result: "acknowledged" }],
    true,
    undefined,
    false,
  ])
  run.settle({ result: "handled" })
  expect(early).toHaveLength(1)
})

test.each([true, false])(
  "the signal is aborted with the first reason, also when it is asked for later: %s",
  (later) => {
    const run = newRun()
    const before = later ? undefined : run.signal
    const reason = new Error("first")
    run.abort(reason)
    run.abort(new Error("second"))
    expect(run.signal.aborted).toBe(true)
    expect(run.signal.reason).toBe(reason)
    expect(run.signal).toBe(before ?? run.signal)
  },
)

test("the context may be taken apart", () => {
  const run = newRun()
  run.attempt = 3
  const detached: Run[] = []
  const process = { closing: new AbortController().signal, detach: (each: Run) => detached.push(each) }
  const { attempt, signal, closing, detach, deadline } = new Context(run, process)
  detach()
  expect([attempt, signal, deadline, detached]).toEqual([3, run.signal, run.deadline, [run]])
  expect(closing).toBe(process.closing)
  expect(signal.aborted).toBe(false)
})

test("the deadline is a time; without one there is none", () => {
  vi.useFakeTimers({ now: 1_000_000 })
  expect([newRun(5000).deadline, newRun(0).deadline, newRun(Number.POSITIVE_INFINITY).deadline]).toEqual([
    1_005_000,
    1_000_000,
    Number.POSITIVE_INFINITY,
  ])
  expect([newRun(5000).answerAtOnce, newRun(0).answerAtOnce]).toEqual([false, true])
})

test("a delay ends by itself or when it is ended", async () => {
  vi.useFakeTimers()
  const run = newRun()
  let ended = 0
  const first = run.delay(1000).then(() => ended++)
  await vi.advanceTimersByTimeAsync(999)
  expect(ended).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  await first
  const second = run.delay(1000).then(() => ended++)
  run.endDelay()
  await second
  expect([ended, vi.getTimerCount()]).toEqual([2, 0])
})

test("the heartbeat beats until it is stopped, and is one", () => {
  vi.useFakeTimers()
  const run = newRun()
  let beats = 0
  run.startHeartbeat(() => beats++, 1000)
  run.startHeartbeat(() => beats++, 1000)
  vi.advanceTimersByTime(3000)
  expect(beats).toBe(3)
  run.stopHeartbeat()
  vi.advanceTimersByTime(3000)
  expect([beats, vi.getTimerCount()]).toEqual([3, 0])
})
