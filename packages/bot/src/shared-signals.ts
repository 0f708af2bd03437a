type OnAbort = (reason: unknown) => void

/**
 * Many who wait for few signals, with one listener for each signal: a signal takes longer for each listener it has, and
 * Node warns of more than ten.
 */
export class SharedSignals {
  readonly #waiting = new Map<AbortSignal, { readonly all: Set<OnAbort>; readonly listener: () => void }>()

  /** Calls the function when the signal is aborted, at once if it is. */
  add(signal: AbortSignal, onAbort: OnAbort): void {
    if (signal.aborted) return onAbort(signal.reason)
    let waiting = this.#waiting.get(signal)
    if (!waiting) {
      const all = new Set<OnAbort>()
      waiting = { all, listener: () => all.forEach((each) => each(signal.reason)) }
      signal.addEventListener("abort", waiting.listener)
      this.#waiting.set(signal, waiting)
    }
    waiting.all.add(onAbort)
  }

  remove(signal: AbortSignal, onAbort: OnAbort): void {
    const waiting = this.#waiting.get(signal)
    if (!waiting?.all.delete(onAbort) || waiting.all.size > 0) return
    signal.removeEventListener("abort", waiting.listener)
    this.#waiting.delete(signal)
  }
}
