import type { Timer } from "./clock.ts"

interface Entry {
  readonly at: number
  readonly order: number
  callback: () => void
  cancelled: boolean
}

/** Timers of a virtual clock, the earliest on top; of those of one time, the one that was set first. */
export class TimerHeap {
  #entries: Entry[] = []
  #order = 0

  add(at: number, callback: () => void): Timer {
    const entry: Entry = { at, order: this.#order++, callback, cancelled: false }
    this.#entries.push(entry)
    this.#up(this.#entries.length - 1)
    const cancel = () => {
      entry.cancelled = true
    }
    return { cancel }
  }

  /** Takes the earliest timer off, unless it is due only after `end`. */
  take(end: number): { at: number; callback: () => void } | undefined {
    for (let top = this.#entries[0]; top && (top.cancelled || top.at <= end); top = this.#entries[0]) {
      this.#remove()
      if (!top.cancelled) return top
    }
    return undefined
  }

  clear(): void {
    this.#entries = []
  }

  #remove(): void {
    const last = this.#entries.pop()
    if (!last || this.#entries.length === 0) return
    this.#entries[0] = last
    let index = 0
    for (;;) {
      const left = index * 2 + 1
      const least = [left, left + 1].reduce((best, child) => (this.#before(child, best) ? child : best), index)
      if (least === index) return
      this.#swap(index, least)
      index = least
    }
  }

  #up(from: number): void {
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#before(index, parent)) return
      this.#swap(index, parent)
      index = parent
    }
  }

  #before(one: number, other: number): boolean {
    const [a, b] = [this.#entries[one], this.#entries[other]]
    return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order))
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#entries[one], this.#entries[other]]
    if (a && b) [this.#entries[one], this.#entries[other]] = [b, a]
  }
}
