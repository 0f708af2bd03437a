import { HookgramError, type Update } from "@hookgram/core"
import type { Question } from "./asks.ts"

/** A question from before it is sent until it is over. */
export class OpenQuestion implements Question {
  readonly lifetime: number
  readonly #after: number
  #update: Update | undefined
  #failure: { readonly reason: unknown } | undefined
  readonly #isTaken: Promise<boolean>
  #over!: (isTaken: boolean) => void
  readonly #ready: Promise<void>
  /** There is an answer, or there will be none. */
  #wake!: () => void

  /** @param after the `update_id` of the update that the question comes from: what is older was not written in answer to it */
  constructor(lifetime: number, after: number) {
    this.lifetime = lifetime
    this.#after = after
    this.#isTaken = new Promise((resolve) => {
      this.#over = resolve
    })
    this.#ready = new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  async take(update: Update): Promise<boolean> {
    if (update.update_id <= this.#after) return false
    if (!this.#failure) this.#update ??= update
    if (this.#update?.update_id !== update.update_id) return false
    this.#wake()
    const isTaken = await this.#isTaken
    // Lets whoever has the answer ask on, before the chat's next message is handled.
    await new Promise((resolve) => setTimeout(resolve, 0))
    return isTaken
  }

  replace(): void {
    this.end(new HookgramError("ask_replaced", "The same person was asked something else in the same chat."))
  }

  /** Ends it with a reason, unless the answer was taken. */
  end(reason: unknown): void {
    this.#failure ??= { reason }
    this.#over(false)
    this.#wake()
  }

  /** Resolves with the answer, which is taken then. */
  async answer(): Promise<Update> {
    await this.#ready
    if (this.#failure || !this.#update) throw this.#failure?.reason
    this.#over(true)
    return this.#update
  }
}
