import { type Api, poll, type PollOptions } from "@hookgram/api"
import { createWebhook, type Handler, type UpdateKind, type Webhook } from "@hookgram/core"

/** How a bot polls: see {@link PollOptions}. */
export interface BotPollOptions extends Omit<PollOptions, "allowedUpdates"> {
  /**
   * A webhook whose handler is this bot, for its options, and for its memory: while a bot goes from a webhook to polling or
   * back, some updates come both ways. It is not closed at the end.
   * @default one of its own
   */
  readonly webhook?: Webhook | undefined
}

/** Polling from its start to its end. */
export class Polling {
  /** Resolves when it has ended and what ran is done. */
  readonly ended: Promise<void>
  readonly #stop = new AbortController()
  /** To be closed at the end: one of its own. */
  readonly #webhook: Webhook | undefined

  constructor(bot: Handler, api: Api, allowedUpdates: readonly UpdateKind[], options: BotPollOptions) {
    const { webhook = (this.#webhook = createWebhook({ handler: bot, secretToken: false })), ...rest } = options
    this.ended = this.#run(api, webhook, { ...rest, ...(allowedUpdates.length > 0 && { allowedUpdates }) })
  }

  /** Fetches nothing more, and lets what runs finish. */
  stop(): void {
    this.#stop.abort()
    void this.#webhook?.close()
  }

  async #run(api: Api, webhook: Webhook, { signal, ...options }: PollOptions): Promise<void> {
    const stop = (): void => this.stop()
    if (signal?.aborted) stop()
    signal?.addEventListener("abort", stop)
    try {
      await poll(api, webhook, { ...options, signal: this.#stop.signal })
    } finally {
      signal?.removeEventListener("abort", stop)
      await this.#webhook?.close()
    }
  }
}
