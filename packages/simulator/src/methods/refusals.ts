import type { ApiError } from "../api/error.ts"

/** Calls that a test wants to fail. */
export interface Refusal {
  /** The method, such as `sendMessage`, whatever the case. Every method if there is none. */
  method?: string
  /** What its callers are told. */
  error: ApiError
  /** How many calls fail. Default 1. */
  times?: number
}

/** Errors that calls are answered with on request, such as 429, the earliest wish first. */
export class Refusals {
  #refusals: (Refusal & { times: number })[] = []

  /** @returns a function that takes it back */
  add(refusal: Refusal): () => void {
    const added = { times: 1, ...refusal }
    this.#refusals.push(added)
    return () => {
      this.#refusals = this.#refusals.filter((one) => one !== added)
    }
  }

  /** The error that this call is to fail with, if it is to fail. It counts as one of `times`. */
  take(method: string): ApiError | undefined {
    const name = method.toLowerCase()
    const refusal = this.#refusals.find((one) => one.method === undefined || one.method.toLowerCase() === name)
    if (!refusal) return undefined
    if (--refusal.times <= 0) this.#refusals = this.#refusals.filter((one) => one !== refusal)
    return refusal.error
  }
}
