/** Those who wait for something to happen, and look again whenever something did. */
export class Waiting {
  readonly #looks = new Set<() => void>()

  /** Says that something happened. */
  changed(): void {
    for (const look of this.#looks) look()
  }

  /** Looks at once and after every change, until the function that is returned is called. */
  watch(look: () => void): () => void {
    this.#looks.add(look)
    return () => this.#looks.delete(look)
  }
}
