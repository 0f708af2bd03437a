import { setImmediate, setTimeout } from "node:timers/promises"

/** How long those who sleep by Telegram's time must have been the only ones, in real milliseconds. */
const QUIET = 5

/** What is under way in the real world, from which a virtual time must not run away. */
export class UnderWay {
  readonly #patience: number
  #held = 0
  /** How much of it was silent for so long that nobody waits for it any more. */
  #lost = 0
  /** How much of it only waits for the time to move on. */
  #sleeping = 0
  /** Counts what happened, to see whether it came to rest. */
  #happened = 0

  /** @param patience how long something may be silent before nobody waits for it, in milliseconds */
  constructor(patience: number) {
    this.#patience = patience
  }

  /** Something begins, and ends when the function that is returned is called. */
  hold(): () => void {
    let held = true
    this.#held++
    this.#happened++
    return () => {
      if (held) this.#held--
      held = false
      this.#lost = Math.min(this.#lost, this.#held)
      this.#happened++
    }
  }

  /** Something falls asleep, such as a handler that holds its answer back, until the function that is returned is called. */
  sleep(): () => void {
    this.#sleeping++
    return () => this.#sleeping--
  }

  changed(): void {
    this.#happened++
  }

  /** Somebody goes on who waited: what is under way may do so too. */
  goesOn(): void {
    this.#happened++
    this.#lost = 0
  }

  /**
   * Waits until nothing is under way any more, or until what is can only be waiting for the time to move on: it sleeps, or
   * it was silent for longer than there is patience.
   *
   * @param look is called again and again, until it returns that there is nobody to wait for
   * @returns what `look` returned at last
   */
  async settle(look: () => boolean): Promise<boolean> {
    let seen = -1
    let since = 0
    for (let turns = 0; ; turns++) {
      if (!look()) return false
      if (seen !== this.#happened) {
        seen = this.#happened
        since = performance.now()
        turns = 0
      }
      const quiet = performance.now() - since
      const held = this.#held - this.#lost
      if (turns >= 3 && (held === 0 || (held <= this.#sleeping && quiet > QUIET))) return true
      if (quiet > this.#patience) {
        this.#lost = Math.max(this.#held - this.#sleeping, 0)
        return true
      }
      await (turns < 20 ? setImmediate() : setTimeout(1))
    }
  }
}
