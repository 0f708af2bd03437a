import type { Clock, Timer } from "./clock.ts"
import { Waiting } from "./waiting.ts"

/** The longest time that `setTimeout` can wait, in milliseconds. */
const LONGEST = 2_147_483_647

/** The real time, or one that runs so many times as fast; all of Telegram's times shrink by that factor. */
export class RealClock implements Clock {
  readonly #speed: number
  readonly #start = performance.now()
  readonly #origin: number
  readonly #waiting = new Waiting()
  readonly #timers = new Set<NodeJS.Timeout>()

  /** @param origin Telegram's time at the beginning, in Unix milliseconds */
  constructor(speed: number, origin: number) {
    this.#speed = speed
    this.#origin = origin
  }

  now(): number {
    return this.#origin + (performance.now() - this.#start) * this.#speed
  }

  after(milliseconds: number, callback: () => void): Timer {
    const run = () => {
      this.#timers.delete(timer)
      callback()
    }
    const timer = setTimeout(run, Math.min(Math.max(milliseconds / this.#speed, 0), LONGEST))
    this.#timers.add(timer)
    const cancel = () => {
      this.#timers.delete(timer)
      clearTimeout(timer)
    }
    return { cancel }
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.after(milliseconds, resolve))
  }

  hold(): () => void {
    return () => {}
  }

  until<T>(check: () => T | undefined, milliseconds: number): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const end = (value: T | undefined) => {
        stop()
        timer.cancel()
        resolve(value)
      }
      const look = () => {
        try {
          const value = check()
          if (value !== undefined) end(value)
        } catch (error) {
          stop()
          timer.cancel()
          reject(error as Error)
        }
      }
      const timer = this.after(milliseconds, () => end(undefined))
      const stop = this.#waiting.watch(look)
      look()
    })
  }

  changed(): void {
    this.#waiting.changed()
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
