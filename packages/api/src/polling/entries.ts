import type { LaneKey, Update } from "@hookgram/core"

/** An update that was fetched. */
export interface Entry {
  readonly update: Update
  readonly lane: LaneKey | undefined
  /** `idle`: to be offered to the webhook; `paused`: has failed, and will be idle again. */
  state: "idle" | "running" | "paused" | "done"
  failures: number
}

/** The updates that Telegram may not forget yet, in the order they came in: all from the first that is not done. */
export class Entries {
  readonly #entries = new Map<number, Entry>()
  /** The last that was ever added. */
  #last: number | undefined

  get size(): number {
    return this.#entries.size
  }

  /** The first update that is not done: Telegram may forget all before it. `undefined` when none has come yet. */
  get offset(): number | undefined {
    const [first] = this.#entries.keys()
    return first ?? (this.#last === undefined ? undefined : this.#last + 1)
  }

  /** Adds what was fetched, some of which may have been fetched before, and be done by now. */
  add(updates: readonly Update[], laneOf: (update: Update) => LaneKey | undefined): void {
    for (const update of updates) {
      if (this.#last !== undefined && update.update_id <= this.#last) continue
      this.#entries.set(update.update_id, { update, lane: laneOf(update), state: "idle", failures: 0 })
      this.#last = update.update_id
    }
  }

  /** The first of each lane that is not done, where it is idle. */
  first(): Entry[] {
    const taken = new Set<LaneKey>()
    return [...this.#entries.values()].filter(({ state, lane }) => {
      if (state === "done" || (lane !== undefined && taken.has(lane))) return false
      if (lane !== undefined) taken.add(lane)
      return state === "idle"
    })
  }

  /** What is idle, and stands before something that has begun and is not held up by something that has failed. */
  overtaken(): Entry[] {
    const entries = [...this.#entries.values()]
    const begun = entries.findLastIndex(({ state }) => state === "running" || state === "done")
    const paused = entries.findIndex(({ state }) => state === "paused")
    return entries.slice(0, paused < 0 ? begun : Math.min(begun, paused)).filter(({ state }) => state === "idle")
  }

  /** What is done stays while something before it is not. */
  done(entry: Entry): void {
    entry.state = "done"
    for (const [id, { state }] of this.#entries) {
      if (state !== "done") break
      this.#entries.delete(id)
    }
  }
}
