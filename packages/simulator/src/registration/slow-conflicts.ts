import { ApiError } from "../api/error.ts"
import type { Clock } from "../clock/clock.ts"

/** In milliseconds. */
const PAUSE = 3000

/** Conflicts of one bot's calls: of those that follow each other fast, all but the first are held back (facts, 7.3). */
export class SlowConflicts {
  readonly #clock: Clock
  #nextAtOnce = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves to the error when it is time to tell of it. */
  next(reason: string): Promise<ApiError> {
    const error = new ApiError(409, `Conflict: ${reason}`)
    const now = this.#clock.now()
    if (now < this.#nextAtOnce) return new Promise((resolve) => void this.#clock.after(PAUSE, () => resolve(error)))
    this.#nextAtOnce = now + PAUSE
    return Promise.resolve(error)
  }
}
