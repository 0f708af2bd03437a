import type { Bot } from "../bot.ts"
import type { World } from "../chats/world.ts"
import type { Parameters } from "./parameters.ts"

/** One call of a Bot API method. */
export interface Call {
  readonly world: World
  readonly bot: Bot
  /** As Telegram's documentation writes it, such as `sendMessage`. */
  readonly method: string
  readonly parameters: Parameters
  /** Aborted when the caller is gone. */
  readonly signal?: AbortSignal
}

/** What a method does: it returns the `result`, or throws an {@link ApiError}. */
export type Method = (call: Call) => unknown

/** A result with the `description` that only `setWebhook` and `deleteWebhook` have (facts, 8.3). */
export class Described {
  readonly result: unknown
  readonly description: string

  constructor(result: unknown, description: string) {
    this.result = result
    this.description = description
  }
}

/** A result that is JSON text already, one byte per character. */
export class RawJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}
