import { setTimeout } from "node:timers/promises"
import type { Clock, Timer } from "./clock.ts"
import { TimerHeap } from "./timer-heap.ts"
import { UnderWay } from "./under-way.ts"
import { Waiter } from "./waiter.ts"

/**
 * A time that stands still until somebody waits for something: a day of retries passes in milliseconds. It moves from one
 * timer to the next, and before each step lets everything settle that is under way in the real world.
 */
export class VirtualClock implements Clock {
  readonly #timers = new TimerHeap()
  readonly #underWay: UnderWay
  readonly #waiters = new Set<Omit<Waiter, "result">>()
  readonly #patience: number
  #now: number
  #isMoving = false
  #advancing: Promise<unknown> = Promise.resolve()

  /**
   * @param origin Telegram's time at the beginning, in Unix milliseconds
   * @param patience how long a request may stay unanswered before the time moves on without it, in real milliseconds
   */
  constructor(origin: number, patience: number) {
    this.#now = origin
    this.#patience = patience
    this.#underWay = new UnderWay(patience)
  }

  now(): number {
    return this.#now
  }

  after(milliseconds: number, callback: () => void): Timer {
    return this.#timers.add(this.#now + Math.max(milliseconds, 0), callback)
  }

  sleep(milliseconds: number): Promise<void> {
    const wake = this.#underWay.sleep()
    return new Promise((resolve) => {
      this.after(milliseconds, () => {
        wake()
        resolve()
      })
    })
  }

  hold(): () => void {
    return this.#underWay.hold()
  }

  changed(): void {
    this.#underWay.changed()
  }

  /** Moves the time on by so many milliseconds; resolves when all that came due has been done. Several take turns. */
  advance(milliseconds: number): Promise<void> {
    const turn = this.#advancing.then(() =>
      this.#wait(new Waiter<void>(() => undefined, this.#now + milliseconds, false)),
    )
    this.#advancing = turn.catch(() => {})
    return turn
  }

  /** Several may wait at once, also in handlers whose answer somebody waits for. */
  until<T>(check: () => T | undefined, milliseconds: number): Promise<T | undefined> {
    return this.#wait(new Waiter(check, this.#now + milliseconds, true))
  }

  /** Ends all timers: nothing comes due any more. */
  stop(): void {
    this.#timers.clear()
  }

  #wait<T>(waiter: Waiter<T>): Promise<T | undefined> {
    if (!waiter.look()) {
      this.#waiters.add(waiter)
      if (!this.#isMoving) void this.#move()
    }
    return waiter.result
  }

  /** Moves the time on for as long as somebody waits. */
  async #move(): Promise<void> {
    this.#isMoving = true
    while (this.#waiters.size > 0) {
      if (!(await this.#underWay.settle(() => this.#look()))) continue
      const end = Math.min(...[...this.#waiters].map((waiter) => waiter.end))
      if (this.#step(end)) continue
      this.#now = Math.max(this.#now, end)
      await this.#endWaiting()
    }
    this.#isMoving = false
  }

  /** Runs what is due next, if that is not after `end`. If it fails, so do those who wait. */
  #step(end: number): boolean {
    const timer = this.#timers.take(end)
    if (!timer) return false
    this.#now = Math.max(this.#now, timer.at)
    try {
      timer.callback()
    } catch (error) {
      for (const waiter of this.#waiters) waiter.fail(error)
      this.#waiters.clear()
    }
    return true
  }

  /** Lets those go on who find what they wait for; returns whether somebody still waits. */
  #look(): boolean {
    for (const waiter of this.#waiters) {
      if (!waiter.look()) continue
      this.#waiters.delete(waiter)
      this.#underWay.goesOn()
    }
    return this.#waiters.size > 0
  }

  /** The time is up for some. What works outside of this clock, such as a bot that has confirmed already, has a last chance. */
  async #endWaiting(): Promise<void> {
    const over = [...this.#waiters].filter((waiter) => waiter.end <= this.#now)
    const end = performance.now() + this.#patience
    while (over.some((waiter) => waiter.lingers && this.#waiters.has(waiter)) && performance.now() <= end) {
      await setTimeout(1)
      this.#look()
    }
    for (const waiter of over) if (this.#waiters.delete(waiter)) waiter.timeUp()
  }
}
