import type { Clock } from "../clock/clock.ts"

/** How long a receiver may answer 410 before its webhook is removed, in milliseconds (facts, 3.6). */
const PATIENCE = 23 * 3_600_000

/** Counts how long a receiver has answered nothing but 410. Connections that fail do not matter. */
export class Gone {
  readonly #clock: Clock
  #since: number | undefined
  #forGood = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get isForGood(): boolean {
    return this.#forGood
  }

  answered(status: number): void {
    if (status !== 410) this.#since = undefined
    else if (this.#since === undefined) this.#since = this.#clock.now()
    else this.#forGood = this.#clock.now() > this.#since + PATIENCE
  }
}
