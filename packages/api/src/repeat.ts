import { HookgramError } from "@hookgram/core"
import { TelegramError } from "./telegram-error.ts"

/**
 * Calls that do and answer the same when they are made twice, so that one whose outcome is not known may be repeated.
 * Nothing is that sends, forwards, copies or edits: a repeated edit is refused as "not modified", though it worked. Of those
 * that set, a score can only rise, and a new photo of a chat is announced each time.
 */
const repeatable =
  /^(get\w+|set(?!gamescore$|chatphoto$)\w+|deletewebhook|deletemycommands|sendchataction|answercallbackquery|answerinlinequery)$/

/** The first wait where Telegram names none, in milliseconds; it doubles with each attempt. */
const FIRST_DELAY = 500

/**
 * How long to wait before a call is made again, in milliseconds, or `undefined` if it must not be.
 *
 * @param attempt how often it was made, from 1
 * @param maxDelay the longest wait there may be
 */
export function repeatDelay(method: string, error: unknown, attempt: number, maxDelay: number): number | undefined {
  if (error instanceof TelegramError && error.errorCode === 429) {
    const seconds = error.parameters.retry_after ?? 1
    return seconds * 1000 <= maxDelay ? seconds * 1000 : undefined
  }
  if (!isOutcomeUnknown(error) || !repeatable.test(method.toLowerCase())) return undefined
  // Half of it is chance, so that many who fail at once do not return at once.
  return Math.min(FIRST_DELAY * 2 ** (attempt - 1), maxDelay) * (0.5 + Math.random() / 2)
}

/** Whether the call may have been carried out, and may as well not have been. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof TelegramError) return error.errorCode >= 500
  return error instanceof HookgramError && (error.code === "api_unreachable" || error.code === "api_timeout")
}
