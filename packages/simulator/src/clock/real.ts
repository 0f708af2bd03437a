import type { Clock, Timer } from "./clock.ts"

/** The longest time that `setTimeout` can wait, in milliseconds. */
const LONGEST = 2_147_483_647

/** How often those who wait for something look for it, in real milliseconds. */
const LOOK_EVERY = 2

/** The real time, or one that runs so many times as fast; all of Telegram's times shrink by that factor. */
export class RealClock implements Clock {
  readonly #speed: number
  readonly #start = performance.now()
  readonly #origin: number
  readonly #timeouts = new Set<NodeJS.Timeout>()
  #isStopped = false

  /** @param origin Telegram's time at the beginning, in Unix milliseconds */
  constructor(speed: number, origin: number) {
    this.#speed = speed
    this.#origin = origin
  }

  now(): number {
    return this.#origin + (performance.now() - this.#start) * this.#speed
  }

  after(milliseconds: number, callback: () => void): Timer {
    const at = this.now() + milliseconds
    let timeout: NodeJS.Timeout
    // Node's timers may be early by a little, and cannot wait for more than 24.8 days: then there is some time left.
    const wait = () => {
      if (this.#isStopped) return
      const left = Math.min(Math.ceil((at - this.now()) / this.#speed), LONGEST)
      timeout = setTimeout(() => {
        this.#timeouts.delete(timeout)
        if (this.now() < at) wait()
        else callback()
      }, left)
      this.#timeouts.add(timeout)
    }
    wait()
    const cancel = () => {
      this.#timeouts.delete(timeout)
      clearTimeout(timeout)
    }
    return { cancel }
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.after(milliseconds, resolve))
  }

  async until<T>(check: () => T | undefined, milliseconds: number): Promise<T | undefined> {
    const end = this.now() + milliseconds
    for (;;) {
      const value = check()
      const left = end - this.now()
      if (value !== undefined || left <= 0) return value
      await this.sleep(Math.min(LOOK_EVERY * this.#speed, left))
    }
  }

  /** Nothing: this time waits for nobody. */
  hold(): () => void {
    return () => {}
  }

  /** Nothing: who waits looks all the time. */
  changed(): void {}

  /** Ends all timers: nothing comes due any more. */
  stop(): void {
    this.#isStopped = true
    for (const timeout of this.#timeouts) clearTimeout(timeout)
    this.#timeouts.clear()
  }
}
