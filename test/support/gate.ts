import { setImmediate } from "node:timers/promises"

/** A promise that the test resolves: what waits behind it goes on when the test says so, and not after some time. */
export interface Gate<T = void> {
  readonly passed: Promise<T>
  open(value: T): void
  fail(reason: unknown): void
}

export function gate<T = void>(): Gate<T> {
  let open!: (value: T) => void
  let fail!: (reason: unknown) => void
  const passed = new Promise<T>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { passed, open, fail }
}

/** Milliseconds after which something that has not come to hold never will: short of a test's own time-out, so that it is named. */
const PATIENCE = 4000

/** The real clock, also while a test has a clock of its own. */
const now = performance.now.bind(performance)

/** Resolves as soon as the condition holds. Rejects, naming it, when it does not come to hold. */
export async function until(condition: () => boolean): Promise<void> {
  const end = now() + PATIENCE
  while (!condition()) {
    if (now() > end) throw new Error(`This did not come to hold: ${condition}`)
    await setImmediate()
  }
}

/** Lets everything that is ready to happen happen. */
export async function turn(): Promise<void> {
  for (let turns = 0; turns < 3; turns++) await setImmediate()
}

/** Whether a promise has resolved by now. */
export function watched(promise: Promise<void>): { done: boolean } {
  const state = { done: false }
  void promise.then(() => (state.done = true))
  return state
}
