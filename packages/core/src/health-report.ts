import type { WebhookInfo } from "@grammyjs/types"
import type { WebhookStatus } from "./webhook.ts"

/** How a receiver is, for people and for what watches it. No secret, no address and no text of a message is in it. */
export interface HealthReport {
  /** Always: who is not alive says nothing. */
  readonly alive: true
  /** Whether requests should be sent here: it is not closing, and its store can be reached. */
  readonly ready: boolean
  /** Whether it is ready, and Telegram reports nothing new that is wrong. */
  readonly healthy: boolean
  /** What is wrong, in words; empty if it is healthy. */
  readonly problems: readonly string[]
  readonly webhook: WebhookStatus
  /** What Telegram says of its deliveries; without `api`, or as long as it has not been seen, `undefined`. */
  readonly telegram: TelegramView | undefined
}

/** Telegram's own view: `getWebhookInfo`, without its addresses. */
export interface TelegramView {
  readonly isSet: boolean
  readonly pendingUpdates: number
  /** The last failed delivery. Telegram shows it until the webhook is set anew (facts, 3.7). */
  readonly lastError: { readonly at: Date; readonly message: string } | undefined
  /** When Telegram was asked. */
  readonly seenAt: Date
}

/** As much of an api as health needs: that of `@hookgram/api` fits. */
export interface HealthApi {
  getWebhookInfo(): Promise<WebhookInfo>
}

/** Milliseconds after which a store, or Telegram, counts as out of reach. */
const PATIENCE = 5000

/** How long a failed delivery counts as new, in milliseconds. */
const NEW = 300_000

/** What the webhook itself says when it is busy, closing or not done: no sign of anything that is wrong. */
const askedAgain = /^Wrong response from the webhook: 503\b/

/** The same promise, or a rejection when it takes too long. */
export async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

export function viewOf({ url, pending_update_count, last_error_date, last_error_message }: WebhookInfo): TelegramView {
  return {
    isSet: Boolean(url),
    pendingUpdates: pending_update_count,
    lastError:
      last_error_date === undefined
        ? undefined
        : { at: new Date(last_error_date * 1000), message: shown(last_error_message) },
    seenAt: new Date(),
  }
}

/** What Telegram says of something that is no response. A dump of it follows, with paths and messages in it (facts, 3.7). */
const dumped = /^Wrong response from the webhook: (?=\D)/

function shown(message = ""): string {
  const [start] = dumped.exec(message) ?? []
  return start ? `${start}not a response but a request` : (/^[^\r\n]{0,200}/.exec(message)?.[0] ?? "")
}

/**
 * What is wrong in Telegram's view now.
 *
 * @param since errors before it are those of another process
 * @param freshness how old the view may be, in milliseconds
 */
export function telegramProblems(view: TelegramView | undefined, since: Date, freshness: number): string[] {
  if (!view) return ["Telegram cannot be asked"]
  const { isSet, lastError, seenAt } = view
  const now = Date.now()
  if (now - seenAt.getTime() > freshness) return [`Telegram could not be asked since ${seenAt.toISOString()}`]
  if (!isSet) return ["Telegram has no webhook set"]
  if (!lastError || lastError.at < since || now - lastError.at.getTime() > NEW || askedAgain.test(lastError.message)) {
    return []
  }
  return [`Telegram failed to deliver at ${lastError.at.toISOString()}: ${lastError.message}`]
}
