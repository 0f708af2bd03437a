import type { WebhookReply } from "@hookgram/core"

/**
 * A call of the Bot API that is made as soon as somebody waits for its result, and that may become a webhook reply as long
 * as nobody does.
 */
export class HeldCall implements Promise<unknown> {
  readonly reply: WebhookReply
  readonly [Symbol.toStringTag] = "HeldCall"
  readonly #make: () => Promise<unknown>
  #result: Promise<unknown> | undefined

  constructor(reply: WebhookReply, make: () => Promise<unknown>) {
    this.reply = reply
    this.#make = make
  }

  get isMade(): boolean {
    return this.#result !== undefined
  }

  /** Makes the call, unless it was made. */
  make(): Promise<unknown> {
    return (this.#result ??= this.#make())
  }

  // oxlint-disable-next-line unicorn/no-thenable -- that somebody waits is what it is about
  then<A = unknown, B = never>(
    onResult?: ((result: unknown) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.make().then(onResult, onError)
  }

  catch<B = never>(onError?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<unknown> {
    return this.make().catch(onError)
  }

  finally(onEnd?: (() => void) | null): Promise<unknown> {
    return this.make().finally(onEnd)
  }
}
