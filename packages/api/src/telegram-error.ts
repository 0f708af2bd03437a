import { HookgramError } from "@hookgram/core"
import type { ResponseParameters } from "@grammyjs/types"

/** What Telegram says of a text that is neither a file_id nor an address, such as a path. */
const notAFile = /wrong (remote )?file identifier|invalid file HTTP URL/i

/** What a refusal asks for, where Telegram's own description does not say it. */
function adviceOn(errorCode: number, description: string): string | undefined {
  if (errorCode === 401) return "The token is wrong, or it was revoked: @BotFather shows the one that is valid"
  if (errorCode === 404) return "The token is malformed, or there is no such method"
  if (notAFile.test(description)) return "A text is a file_id or an address: for a path, give file(path)"
  return undefined
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
    const hint = adviceOn(errorCode, description)
    super("api_error", `${method}: ${errorCode} ${description}${hint === undefined ? "" : `. ${hint}.`}`)
    this.method = method
    this.errorCode = errorCode
    this.description = description
    this.parameters = parameters
  }
}
