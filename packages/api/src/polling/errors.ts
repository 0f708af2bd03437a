import { HookgramError } from "@hookgram/core"
import { TelegramError } from "../telegram-error.ts"

/** For a webhook that is set: one of the two ways has to be given up. */
export function webhookIsSet(cause?: unknown): HookgramError {
  return new HookgramError(
    "polling_conflict",
    "Telegram gives no updates to polling while a webhook is set: poll with deleteWebhook: true to remove it, or leave the updates to it.",
    { cause },
  )
}

/** The error with which polling ends, if this one is of no use to try again: facts, 7.3 and 8.4. */
export function fatalError(error: unknown): unknown {
  if (error instanceof HookgramError && error.code === "polling_conflict") return error
  if (!(error instanceof TelegramError)) return undefined
  const { errorCode, description } = error
  if (errorCode === 401 || errorCode === 404) return error
  return errorCode === 409 && /webhook/i.test(description) ? webhookIsSet(error) : undefined
}

/** What to say of an error after which polling goes on. */
export function passingError(error: unknown): unknown {
  if (!(error instanceof TelegramError) || error.errorCode !== 409) return error
  return new HookgramError(
    "polling_conflict",
    "Somebody else polls with the same token, and each cuts the other off: let only one instance poll, or use a webhook. Trying again.",
    { cause: error },
  )
}

/** How long Telegram asks to wait, in milliseconds. */
export function askedWait(error: unknown): number | undefined {
  const seconds = error instanceof TelegramError ? error.parameters.retry_after : undefined
  return seconds === undefined ? undefined : seconds * 1000
}
