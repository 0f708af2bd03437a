/** Something that is waited for, for a limited time. Belongs to one {@link Timeouts} at a time. */
export abstract class Expiring {
  /** When it ends, on the clock of `performance.now()`; 0 while it is not started. */
  end = 0
  earlier: Expiring | undefined
  later: Expiring | undefined

  /** Called when the time is over. */
  abstract expire(): void
}

/**
 * Many time-outs of one length with one timer. Nearly all of them are stopped long before they end, and a timer for each,
 * made and thrown away, would be a good part of what a request costs here.
 */
export class Timeouts {
  /** In milliseconds. */
  readonly length: number
  /** As all have one length, the order of starting is that of ending: a list from the first to the last. */
  #first: Expiring | undefined
  #last: Expiring | undefined
  /** When the timer rings, on the same clock; 0 when there is none. */
  #due = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #keepsAlive: boolean

  /** @param keepsAlive whether a process that has nothing else to do lives on for these */
  constructor(length: number, keepsAlive: boolean = false) {
    this.length = length
    this.#keepsAlive = keepsAlive
  }

  start(item: Expiring): void {
    const now = performance.now()
    item.end = now + this.length
    item.earlier = this.#last
    if (this.#last) this.#last.later = item
    else this.#first = item
    this.#last = item
    // A timer that is overdue has died with the request that made it, as they do on some hosts.
    if (this.#due === 0 || this.#due + 1000 < now) this.#arm(item.end, now)
  }

  stop(item: Expiring): void {
    if (item.end === 0) return
    item.end = 0
    if (item.earlier) item.earlier.later = item.later
    else this.#first = item.later
    if (item.later) item.later.earlier = item.earlier
    else this.#last = item.earlier
    item.earlier = item.later = undefined
    if (this.#keepsAlive && !this.#first) this.#disarm()
  }

  #disarm(): void {
    clearTimeout(this.#timer)
    this.#due = 0
  }

  #arm(due: number, now: number): void {
    this.#due = due
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ring(), due - now)
    if (this.#keepsAlive) return
    // What is waited for keeps a process alive; the timer alone need not.
    const timer: unknown = this.#timer
    if (typeof timer === "object") (timer as { unref?(): void }).unref?.()
  }

  #ring(): void {
    const now = performance.now()
    this.#due = 0
    for (let item = this.#first; item; item = this.#first) {
      if (item.end > now) {
        this.#arm(item.end, now)
        return
      }
      this.stop(item)
      item.expire()
    }
  }
}
