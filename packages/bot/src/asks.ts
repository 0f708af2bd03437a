import { HookgramError } from "@hookgram/core"
import { SharedSignals } from "./shared-signals.ts"

/** The questions that wait for an answer, by who was asked where. */
export class Asks<Answer> {
  readonly #open = new Map<string, Ask<Answer>>()
  readonly #signals = new SharedSignals()

  /** How many there are. */
  get size(): number {
    return this.#open.size
  }

  /** From now on, what that person writes there is the answer to this question. */
  open(key: string): Ask<Answer> {
    this.#open
      .get(key)
      ?.reject(new HookgramError("ask_replaced", "The same person was asked something else in the same chat."))
    const ask = new Ask<Answer>(this.#signals, () => {
      if (this.#open.get(key) === ask) this.#open.delete(key)
    })
    this.#open.set(key, ask)
    return ask
  }

  /** Whether this is what a question waits for. When it resolves with true, whoever has asked has it. */
  async answer(key: string, answer: Answer): Promise<boolean> {
    return (await this.#open.get(key)?.resolve(answer)) ?? false
  }
}

/** A question that was asked, or is about to be. */
export class Ask<Answer> {
  readonly #signals: SharedSignals
  readonly #onEnd: () => void
  readonly #answer: Promise<Answer>
  readonly #taken: Promise<boolean>
  #resolve!: (answer: Answer) => void
  #reject!: (reason: unknown) => void
  #take!: (isTaken: boolean) => void

  constructor(signals: SharedSignals, onEnd: () => void) {
    this.#signals = signals
    this.#onEnd = onEnd
    this.#answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.#answer.catch(() => {}) // it may end before anybody waits
    this.#taken = new Promise((resolve) => {
      this.#take = resolve
    })
  }

  /** Resolves when the answer was taken, with false if nobody wants it any more. */
  resolve(answer: Answer): Promise<boolean> {
    this.#onEnd()
    this.#resolve(answer)
    return this.#taken
  }

  reject(reason: unknown): void {
    this.#onEnd()
    this.#reject(reason)
    this.#take(false)
  }

  /**
   * Waits for the answer.
   *
   * @param timeout in milliseconds
   * @param signals reject it with their reason
   */
  async wait(timeout: number, signals: readonly AbortSignal[]): Promise<Answer> {
    const late = (): void => this.reject(new HookgramError("ask_timeout", `There was no answer within ${timeout} ms.`))
    const timer = setTimeout(late, timeout)
    const abort = (reason: unknown): void => this.reject(reason)
    for (const signal of signals) this.#signals.add(signal, abort)
    try {
      const answer = await this.#answer
      this.#take(true)
      return answer
    } finally {
      clearTimeout(timer)
      for (const signal of signals) this.#signals.remove(signal, abort)
    }
  }
}
