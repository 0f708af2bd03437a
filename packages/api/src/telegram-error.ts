import { HookgramError } from "@hookgram/core"
import type { ResponseParameters } from "@grammyjs/types"

/** What Telegram's error codes ask for, where its own description does not say it. */
const advice: Readonly<Record<number, string>> = {
  401: "The token is wrong, or it was revoked: @BotFather shows the one that is valid",
  404: "The token is malformed, or there is no such method",
}

/** Telegram's answer to a call that it refused. Its `code` is `api_error`. */
export class TelegramError extends HookgramError {
  override readonly name = "TelegramError"
  /** The method that was called, such as `sendMessage`. */
  readonly method: string
  /** Telegram's `error_code`: the HTTP status. Telegram says that its contents may change. */
  readonly errorCode: number
  /** Telegram's description, such as `Bad Request: chat not found`. */
  readonly description: string
  /** `retry_after` in seconds, or `migrate_to_chat_id`, where Telegram says so. */
  readonly parameters: ResponseParameters

  constructor(method: string, errorCode: number, description: string, parameters: ResponseParameters = {}) {
    const hint = advice[errorCode]
    super("api_error", `${method}: ${errorCode} ${description}${hint === undefined ? "" : `. ${hint}.`}`)
    this.method = method
    this.errorCode = errorCode
    this.description = description
    this.parameters = parameters
  }
}
