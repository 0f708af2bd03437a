import { EventEmitter, once } from "node:events"
import { setTimeout } from "node:timers/promises"
import { createWebhook, type HandlerContext, type Update, type Webhook, type WebhookEvent } from "@hookgram/core"

export const secretToken = "an-example-of-a-secret-token"

/** The bot's handler fails for this update, the first time. */
export const FAILS_ONCE = 8_001
/** The bot's handler takes longer for this update than Telegram is kept waiting. */
export const SLOW = 8_002
/** The bot's handler is not done with this update before it is delivered a second time. */
export const MEETS_ITSELF = 8_003

/** How long Telegram is kept waiting, in milliseconds. */
const DEADLINE = 1000

/** How long anything is waited for that should have happened long ago, in milliseconds. */
export const PATIENCE = 10_000

/** A bot that keeps a record of what it did, and of what its webhook saw. */
export class Bot {
  readonly webhook: Webhook
  /** Every run of the handler that has ended, such as `attempt 1 succeeded`. */
  readonly runs: string[] = []
  readonly events: WebhookEvent[] = []
  readonly #bell = new EventEmitter()

  constructor() {
    this.webhook = createWebhook({
      secretToken,
      deadline: DEADLINE,
      handler: (update, context) => this.#run(update, context),
      onEvent: (event) => {
        this.events.push(event)
        this.#bell.emit("event")
      },
    })
  }

  async #run(update: Update, context: HandlerContext): Promise<unknown> {
    try {
      const reply = await this.#handle(update, context)
      this.runs.push(`attempt ${context.attempt} succeeded`)
      return reply
    } catch (error) {
      this.runs.push(`attempt ${context.attempt} failed`)
      throw error
    }
  }

  async #handle(update: Update, { attempt }: HandlerContext): Promise<unknown> {
    if (update.update_id === FAILS_ONCE && attempt === 1) throw new Error("The database is away")
    if (update.update_id === MEETS_ITSELF) await this.#until(() => this.#count("joined") > 0)
    if (update.update_id === SLOW) {
      await this.#until(() => this.#count("acknowledged") > 0)
      await setTimeout(300)
    }
    const press = update.callback_query
    return press && { method: "answerCallbackQuery", callback_query_id: press.id, text: "Gespeichert ✓" }
  }

  /** Resolves when no handler is running, or when there is no hope of that. */
  async idle(): Promise<void> {
    await this.#until(() => this.#count("started") === this.#count("finished") + this.#count("failed")).catch(() => {})
  }

  #count(type: WebhookEvent["type"]): number {
    return this.events.filter((event) => event.type === type).length
  }

  async #until(holds: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE)
    while (!holds()) await once(this.#bell, "event", { signal })
  }
}
