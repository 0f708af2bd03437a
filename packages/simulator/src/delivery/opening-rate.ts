/**
 * How fast connections may be opened: so many at once, and then one in every so many milliseconds (facts, 2.5).
 */
export class OpeningRate {
  readonly #burst: number
  readonly #interval: number
  /** When the last allowance that was given out would be used up at the steady rate, in milliseconds. */
  #usedUntil = 0

  constructor(burst: number, interval: number) {
    this.#burst = burst
    this.#interval = interval
  }

  /** When the next connection may be opened, in milliseconds: in the past, if it may be now. */
  get nextAt(): number {
    return this.#usedUntil - (this.#burst - 1) * this.#interval
  }

  opened(now: number): void {
    this.#usedUntil = Math.max(this.#usedUntil, now) + this.#interval
  }
}
