/** What was found out last, for as long as it is fresh: many who ask at once, or soon after, cost one question. */
export class Cached<T> {
  readonly #ask: () => Promise<T>
  readonly #freshness: number
  #answer: Promise<T> | undefined
  #until = 0

  /** @param freshness in milliseconds, from when the answer has come */
  constructor(ask: () => Promise<T>, freshness: number) {
    this.#ask = ask
    this.#freshness = freshness
  }

  get(): Promise<T> {
    if (this.#answer && performance.now() < this.#until) return this.#answer
    this.#until = Number.POSITIVE_INFINITY
    return (this.#answer = this.#ask().finally(() => (this.#until = performance.now() + this.#freshness)))
  }
}
