import type { StoredUpdate } from "../updates/list.ts"

/** What may go wrong between Telegram and a receiver, on demand. */
export interface Fault {
  /**
   * - `lose-answer`: the request arrives, and the connection breaks before its answer is read: Telegram delivers again;
   * - `cut`: the connection breaks in the middle of the request;
   * - `duplicate`: the update is delivered a second time at once, on a connection of its own, whatever the answers;
   * - `delay`: the request arrives only after {@link Fault.milliseconds}, which are a part of the 60 s for its answer;
   * - `stall`: nothing is heard of the receiver, not even that it closed the connection, until the 60 s are over.
   */
  readonly kind: "lose-answer" | "cut" | "duplicate" | "delay" | "stall"
  /** How many deliveries it befalls. Default: 1. `Infinity` is allowed. */
  readonly times?: number
  /** Which updates it befalls, by their kind and id. Default: all. */
  readonly when?: (update: { readonly update_id: number; readonly kind: string }) => boolean
  /** How long a `delay` is, in milliseconds of Telegram's time. Default: 1000. */
  readonly milliseconds?: number
}

/** The faults that are still to come. */
export class Faults {
  readonly #pending = new Set<{ readonly fault: Fault; times: number }>()

  /** @returns a function that takes it back */
  add(fault: Fault): () => void {
    const entry = { fault, times: fault.times ?? 1 }
    if (entry.times > 0) this.#pending.add(entry)
    return () => this.#pending.delete(entry)
  }

  /** The fault that befalls a delivery, the first that fits. */
  take({ id, kind }: StoredUpdate): Fault | undefined {
    for (const entry of this.#pending) {
      const { when } = entry.fault
      if (when && !when({ update_id: id, kind })) continue
      if (--entry.times <= 0) this.#pending.delete(entry)
      return entry.fault
    }
    return undefined
  }
}
