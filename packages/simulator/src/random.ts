/** Chance that repeats itself: the same seed gives the same sequence. */
export class Random {
  readonly seed: number
  #state: number

  constructor(seed: number) {
    this.seed = seed
    this.#state = seed >>> 0
  }

  /** A number from 0 up to but not including 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** Chance of its own for something that has numbers: it is the same whatever else was drawn before. */
  of(...numbers: readonly number[]): Random {
    return new Random(numbers.reduce((seed, number) => Math.imul(seed ^ number, 0x9e3779b1) + 1, this.seed))
  }

  /** So many characters of base64url. */
  text(length: number): string {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return Array.from({ length }, () => alphabet[this.integer(0, 63)]).join("")
  }
}
