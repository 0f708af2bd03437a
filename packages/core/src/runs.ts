import type { Run } from "./run.ts"
import { SteadyMap } from "./steady-map.ts"

/** The updates that are under way here, by `update_id`. */
export class Runs {
  readonly #runs = new SteadyMap<number, Run>()
  #onEmpty: (() => void) | undefined

  get size(): number {
    return this.#runs.size
  }

  get(updateId: number): Run | undefined {
    return this.#runs.get(updateId)
  }

  all(): Run[] {
    return this.#runs.values()
  }

  add(run: Run): void {
    this.#runs.set(run.update.update_id, run)
  }

  remove(run: Run): void {
    run.stopHeartbeat()
    const id = run.update.update_id
    if (this.#runs.get(id) !== run) return // another has taken the place of a run that was thought dead
    this.#runs.delete(id)
    if (this.#runs.size === 0) this.#onEmpty?.()
  }

  /** Whether all have come to their end within so many milliseconds. */
  async emptyWithin(milliseconds: number): Promise<boolean> {
    if (this.#runs.size === 0) return true
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve
    })
    return within(milliseconds, empty)
  }
}

/** Whether a promise resolves within so many milliseconds. */
export function within(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    // Beyond what a timer can count, it is not needed.
    const timer = milliseconds < 2 ** 31 ? setTimeout(() => resolve(false), milliseconds) : undefined
    void promise.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
