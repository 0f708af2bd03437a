import { Heap } from "../heap.ts"
import type { Timer } from "./clock.ts"

interface Entry {
  readonly at: number
  readonly order: number
  readonly callback: () => void
  cancelled: boolean
}

/** Timers of a virtual clock, the earliest on top; of those of one time, the one that was set first. */
export class TimerHeap {
  #heap = new Heap<Entry>((one, other) => one.at < other.at || (one.at === other.at && one.order < other.order))
  #order = 0
  #cancelled = 0

  add(at: number, callback: () => void): Timer {
    const entry: Entry = { at, order: this.#order++, callback, cancelled: false }
    this.#heap.add(entry)
    const cancel = () => {
      if (entry.cancelled) return
      entry.cancelled = true
      if (++this.#cancelled > 1000 && this.#cancelled > this.#heap.size / 2) this.#compact()
    }
    return { cancel }
  }

  /** Takes the earliest timer off, unless it is due only after `end`. */
  take(end: number): { at: number; callback: () => void } | undefined {
    for (let top = this.#heap.least; top && (top.cancelled || top.at <= end); top = this.#heap.least) {
      this.#heap.take()
      // From here on it is no longer to be cancelled.
      const { cancelled } = top
      top.cancelled = true
      if (!cancelled) return top
      this.#cancelled--
    }
    return undefined
  }

  clear(): void {
    this.#heap.clear()
    this.#cancelled = 0
  }

  /** Most timers of requests are cancelled: they must not pile up until their time. */
  #compact(): void {
    const kept: Entry[] = []
    for (let entry = this.#heap.take(); entry; entry = this.#heap.take()) if (!entry.cancelled) kept.push(entry)
    for (const entry of kept) this.#heap.add(entry)
    this.#cancelled = 0
  }
}
