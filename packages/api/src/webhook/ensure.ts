import { HookgramError } from "@hookgram/core"
import { pause } from "../attempt.ts"
import { explainError } from "../diagnosis/refusals.ts"
import { isOutcomeUnknown } from "../repeat.ts"
import { TelegramError } from "../telegram-error.ts"
import type { Difference } from "./compare.ts"
import { resolveConfig, type WebhookConfig } from "./config.ts"
import { type EnsureOptions, resolveEnsureOptions } from "./options.ts"
import { Registration, type RegistrationApi } from "./registration.ts"

/** What {@link ensureWebhook} has done. */
export interface Ensured {
  /** Whether it was set by this call. */
  readonly changed: boolean
  /** Why; empty if nothing differed, or somebody else has set it meanwhile. */
  readonly differences: readonly Difference[]
}

/**
 * Sets the webhook if it is not as configured, and leaves it alone if it is. The configuration is checked first, since a
 * `setWebhook` that fails has already removed the old webhook (facts, 5.4).
 *
 * Many replicas may call it at once: Telegram takes one `setWebhook` per second of a bot, and whoever is told to wait looks
 * again and finds it set. One that comes late sets the same again, which Telegram takes for nothing, except with a
 * certificate or `dropPendingUpdates`. With a store that has `lock`, one of them asks.
 *
 * Updates that wait are kept, unless `dropPendingUpdates` is set and the webhook differs.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong; `webhook_refused` with Telegram's reason, the
 * cause and what to do
 * @example
 * await ensureWebhook(api, { url: "https://bot.example.com/telegram", secretToken: process.env.SECRET_TOKEN! })
 */
export async function ensureWebhook(
  api: RegistrationApi,
  config: WebhookConfig,
  options: EnsureOptions = {},
): Promise<Ensured> {
  const { store, always, timeout, signal } = resolveEnsureOptions(options)
  const registration = new Registration(api, await resolveConfig(config), store, signal)
  const end = performance.now() + timeout
  /** Whether others are setting it, too: then what was wrong with what cannot be seen may be right by now. */
  let othersToo = false
  let isMine = always
  for (;;) {
    const differences = await registration.differences(!othersToo)
    if (differences.length === 0 && !always) return { changed: false, differences }
    isMine ||= await registration.lock()
    const failure = isMine ? await registration.set() : undefined
    if (isMine && failure === undefined) return { changed: true, differences }
    othersToo ||= !isOutcomeUnknown(failure)
    const wait = failure === undefined ? OTHERS_DELAY : delayAfter(failure)
    if (performance.now() + wait > end) throw failure ?? othersFailed(timeout)
    // Some chance, so that many who wait do not return at once.
    await pause(wait * (1 + Math.random() / 4), signal)
  }
}

/** How long to wait while somebody else holds the lock, or what Telegram does is not known, in milliseconds. */
const OTHERS_DELAY = 300
const UNKNOWN_DELAY = 1000

/** @throws the error itself if waiting is of no use, with what to do about it */
function delayAfter(error: unknown): number {
  if (isOutcomeUnknown(error)) return UNKNOWN_DELAY
  if (!(error instanceof TelegramError)) throw error
  if (error.errorCode === 429) return (error.parameters.retry_after ?? 1) * 1000
  if (error.errorCode === 409) return UNKNOWN_DELAY
  if (error.errorCode !== 400) throw error
  const { cause, fix } = explainError(error) ?? {
    cause: "Telegram gives no other reason.",
    fix: "Check the configuration.",
  }
  throw new HookgramError(
    "webhook_refused",
    `Telegram refused the webhook: ${error.description}. ${cause} ${fix} A webhook that was set before is removed now.`,
    { cause: error },
  )
}

function othersFailed(timeout: number): HookgramError {
  const message = `Another process holds the lock for setting the webhook, and has not set it as configured here within ${timeout} ms.`
  return new HookgramError("webhook_refused", `${message} Do all processes have the same configuration?`)
}
