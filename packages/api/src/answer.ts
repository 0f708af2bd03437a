import type { ApiError } from "@grammyjs/types"
import { HookgramError } from "@hookgram/core"
import { TelegramError } from "./telegram-error.ts"

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly status: number
  readonly statusText: string
  readonly text: string
}

/**
 * The result in Telegram's answer. Some refusals are a bare HTTP status (facts, 8.2), and so is what a proxy says.
 *
 * @param redact takes the token out of what is shown
 * @throws TelegramError when the call was refused
 * @throws HookgramError `api_unreachable` when the answer is not one of the Bot API
 */
export function readAnswer(
  method: string,
  { status, statusText, text }: HttpAnswer,
  redact: (text: string) => string,
): unknown {
  const answer = parse(text)
  const reason = statusText || "without a reason" // HTTP/2 has none
  if (answer?.ok === true) return answer.result
  if (answer?.ok === false) {
    const { error_code = status, description = reason, parameters } = answer
    throw new TelegramError(method, error_code, redact(description), parameters)
  }
  if (status >= 400) throw new TelegramError(method, status, redact(reason))
  throw new HookgramError(
    "api_unreachable",
    `${method}: what answered, with ${status}, is not the Bot API. Is baseUrl right?`,
  )
}

/** As Telegram says, or as something that claims to be the Bot API does. */
type Envelope = { readonly ok: true; readonly result?: unknown } | (Partial<ApiError> & { readonly ok: false })

function parse(text: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? (value as Envelope) : undefined
  } catch {
    return undefined
  }
}
