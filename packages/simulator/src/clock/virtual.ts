import { setImmediate, setTimeout } from "node:timers/promises"
import type { Clock, Timer } from "./clock.ts"
import { TimerHeap } from "./timer-heap.ts"

/**
 * A time that stands still until somebody moves it on: a day of retries passes in milliseconds. It moves from one timer to
 * the next, and before each step lets everything settle that is under way in the real world.
 */
export class VirtualClock implements Clock {
  readonly #timers = new TimerHeap()
  #now: number
  /** How much is under way in the real world. */
  #held = 0
  /** How many wait in {@link sleep}, such as handlers that hold their answer back. */
  #sleeping = 0
  /** Counts what happened in the real world, to see whether it came to rest. */
  #happened = 0
  /** What {@link #happened} was when there was no patience left for what is under way. */
  #exhausted = -1
  #moving: Promise<unknown> = Promise.resolve()
  readonly #patience: number

  /**
   * @param origin Telegram's time at the beginning, in Unix milliseconds
   * @param patience how long a request may stay unanswered before the time moves on without it, in real milliseconds
   */
  constructor(origin: number, patience: number) {
    this.#now = origin
    this.#patience = patience
  }

  now(): number {
    return this.#now
  }

  after(milliseconds: number, callback: () => void): Timer {
    return this.#timers.add(this.#now + Math.max(milliseconds, 0), callback)
  }

  sleep(milliseconds: number): Promise<void> {
    this.#sleeping++
    return new Promise((resolve) => {
      this.after(milliseconds, () => {
        this.#sleeping--
        resolve()
      })
    })
  }

  hold(): () => void {
    let held = true
    this.#held++
    this.#happened++
    return () => {
      if (held) this.#held--
      held = false
      this.#happened++
    }
  }

  /** Moves the time on by so many milliseconds; resolves when all that came due has been done. */
  advance(milliseconds: number): Promise<void> {
    return this.#alone(async () => {
      const end = this.#now + milliseconds
      await this.#settle()
      while (this.#step(end)) await this.#settle()
      this.#now = Math.max(this.#now, end)
      await this.#settle()
    })
  }

  async until<T>(check: () => T | undefined, milliseconds: number): Promise<T | undefined> {
    const end = this.#now + milliseconds
    const first = check()
    if (first !== undefined) return first
    return this.#alone(async () => {
      for (;;) {
        const value = await this.#settle(check)
        if (value !== undefined) return value
        if (this.#step(end)) continue
        this.#now = Math.max(this.#now, end)
        return await this.#linger(check)
      }
    })
  }

  changed(): void {
    this.#happened++
  }

  /** Ends all timers: nothing comes due any more. */
  stop(): void {
    this.#timers.clear()
  }

  /** What works outside of this clock, such as a bot that has confirmed already, gets a last chance. */
  async #linger<T>(check: () => T | undefined): Promise<T | undefined> {
    const end = performance.now() + this.#patience
    for (;;) {
      const value = check()
      if (value !== undefined || performance.now() > end) return value
      await setTimeout(1)
    }
  }

  /** Runs what is due next, if that is not after `end`. */
  #step(end: number): boolean {
    const timer = this.#timers.take(end)
    if (!timer) return false
    this.#now = Math.max(this.#now, timer.at)
    timer.callback()
    return true
  }

  /**
   * Waits until nothing is under way any more, or until what is can only be waiting for the time to move on: a handler that
   * sleeps by this clock, or one that was silent for longer than there is patience.
   */
  async #settle<T>(check?: () => T | undefined): Promise<T | undefined> {
    let seen = -1
    let since = performance.now()
    for (let turns = 0; ; turns++) {
      const value = check?.()
      if (value !== undefined) return value
      if (seen !== this.#happened) {
        seen = this.#happened
        since = performance.now()
        turns = 0
      }
      const quiet = performance.now() - since
      if (this.#held === 0 && turns >= 3) return undefined
      if (this.#held > 0 && this.#held <= this.#sleeping && turns >= 3 && quiet > 5) return undefined
      if (this.#happened === this.#exhausted && turns >= 3) return undefined
      if (quiet > this.#patience) {
        this.#exhausted = this.#happened
        return undefined
      }
      await (turns < 20 ? setImmediate() : setTimeout(1))
    }
  }

  /** One at a time moves the clock on; others wait for their turn. */
  #alone<T>(move: () => Promise<T>): Promise<T> {
    const turn = this.#moving.then(move)
    this.#moving = turn.catch(() => {})
    return turn
  }
}
