/** Somebody for whom a virtual time moves on. */
export class Waiter<T = unknown> {
  /** What was found, or nothing when the time was up. */
  readonly result: Promise<T | undefined>
  /** When the time is up, in Telegram's milliseconds. */
  readonly end: number
  /** Whether what it waits for may be there a moment later, when the time is up already. */
  readonly lingers: boolean
  readonly #check: () => T | undefined
  #resolve: (value?: T) => void = () => {}
  #reject: (error: unknown) => void = () => {}

  constructor(check: () => T | undefined, end: number, lingers: boolean) {
    this.#check = check
    this.end = end
    this.lingers = lingers
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Looks whether it is there, and returns whether it is over with waiting. */
  look(): boolean {
    try {
      const value = this.#check()
      if (value === undefined) return false
      this.#resolve(value)
    } catch (error) {
      this.#reject(error)
    }
    return true
  }

  timeUp(): void {
    this.#resolve()
  }

  fail(error: unknown): void {
    this.#reject(error)
  }
}
