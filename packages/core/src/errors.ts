/** Every `code` a {@link HookgramError} can carry. Codes are stable; messages are not. */
export type ErrorCode =
  | "invalid_options"
  | "invalid_update"
  | "body_too_large"
  | "body_timeout"
  | "body_aborted"
  | "body_consumed"
  | "invalid_reply"
  | "late_reply"
  | "give_up"
  | "retry_later"
  | "attempts_exhausted"
  | "too_old"
  | "lease_lost"
  | "closing"
  | "ask_timeout"
  | "ask_replaced"
  | "polling_conflict"
  | "api_error"
  | "api_timeout"
  | "api_unreachable"
  | "invalid_file"
  | "webhook_refused"
  | "listen_failed"

/** The one error class of Hookgram: a stable `code`, a `cause` where there is one, and a message that says what to do. */
export class HookgramError extends Error {
  override readonly name: string = "HookgramError"
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Thrown by a handler that knows that trying again is of no use: the update becomes a dead letter at once and
 * Telegram is told 200.
 *
 * @example
 * throw new GiveUp("the order no longer exists")
 */
export class GiveUp extends HookgramError {
  override readonly name = "GiveUp"

  constructor(reason: string, options?: ErrorOptions) {
    super("give_up", reason, options)
  }
}

/**
 * Thrown by a handler that wants the update again in `seconds`. While Telegram still waits it is told 503 with a
 * `Retry-After` of at most that (never longer than the update lives: facts 3.3); when it has been answered already,
 * the handler runs again here, in the update's lane. Counts as an attempt.
 *
 * @param seconds whole or fractional seconds, 0 to 3600
 * @example
 * throw new RetryLater(30)
 */
export class RetryLater extends HookgramError {
  override readonly name = "RetryLater"
  readonly seconds: number

  constructor(seconds: number, options?: ErrorOptions) {
    super("retry_later", `The handler asked for this update again in ${seconds} s.`, options)
    this.seconds = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3600) : 0
  }
}

/** What a thrown error says about trying again. */
export type Verdict = { readonly retry: false } | { readonly retry: true; readonly seconds: number } | undefined

/**
 * Finds a `GiveUp` or `RetryLater` in what a handler threw, also where a bot library has wrapped it (grammY's `BotError`
 * keeps the original in `error`), and also when it comes from another copy of this package. A reply that cannot be sent
 * is the handler's mistake, and the same again at every attempt.
 */
export function verdictOf(error: unknown): Verdict {
  try {
    let inner: unknown = error
    for (let depth = 0; depth < 4 && typeof inner === "object" && inner !== null; depth++) {
      const { code, seconds, error: wrapped, cause } = inner as Partial<Record<string, unknown>>
      if (code === "give_up" || code === "invalid_reply" || code === "late_reply") return { retry: false }
      if (code === "retry_later") return { retry: true, seconds: Number(seconds) }
      inner = wrapped ?? cause
    }
  } catch {
    // An object that throws when it is looked at says nothing.
  }
  return undefined
}
