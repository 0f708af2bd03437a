import type { Outcome } from "./outcome.ts"
import type { WebhookResponse } from "./request.ts"
import { dateOf, kindOf, lifetimeOf, type Update } from "./update.ts"

/** A request that is refused for what it is, before an update was seen in it. */
export interface Rejection {
  readonly reason: RejectionReason
  readonly response: WebhookResponse
}

export type RejectionReason =
  | "method"
  | "address"
  | "secret"
  | "contentType"
  | "tooLarge"
  | "timeout"
  | "aborted"
  | "invalid"

function empty(status: number, headers?: Record<string, string>): WebhookResponse {
  return { status, headers: { "content-length": "0", ...headers } }
}

/** Refuses and closes: what follows on the connection of somebody who is not Telegram is of no interest. */
function rejection(reason: RejectionReason, status: number, headers?: Record<string, string>): Rejection {
  return { reason, response: empty(status, { ...headers, connection: "close" }) }
}

export const rejections: Readonly<Record<RejectionReason, Rejection>> = {
  method: rejection("method", 405, { allow: "POST" }),
  address: rejection("address", 403),
  secret: rejection("secret", 401),
  contentType: rejection("contentType", 415),
  tooLarge: rejection("tooLarge", 413),
  timeout: rejection("timeout", 408),
  aborted: rejection("aborted", 408),
  invalid: rejection("invalid", 400),
}

export const answers: Readonly<Record<"ok" | "failed" | "busy" | "busyClose", WebhookResponse>> = {
  ok: empty(200),
  failed: empty(500),
  busy: empty(503, { "retry-after": "1" }),
  /** For a request whose body is left unread and is too long to be read for nothing. */
  busyClose: empty(503, { "retry-after": "1", connection: "close" }),
}

/** Answers with what became of an update. */
export function answer(outcome: Outcome, update: Update): WebhookResponse {
  switch (outcome.result) {
    case "handled":
      return outcome.reply === undefined ? answers.ok : reply(outcome.reply)
    case "acknowledged":
    case "duplicate":
    case "deadLettered":
      return answers.ok
    case "failed":
      return outcome.retryAfter === undefined ? answers.failed : retry(update, outcome.retryAfter)
    case "closing":
      return answers.busyClose
    case "busy":
      return answers.busy
    case "unfinished":
    case "elsewhere":
    case "storeDown":
      return retry(update, outcome.retryAfter)
  }
}

/** A webhook reply: facts, 4. Escaped to ASCII, so that its length in characters is its length in bytes. */
function reply(call: object): WebhookResponse {
  const body = asciiJson(call)
  return { status: 200, headers: { "content-type": "application/json", "content-length": String(body.length) }, body }
}

/** JSON in the way Telegram writes it: `\uXXXX` for all that is not ASCII. */
export function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}

function retry(update: Update, seconds: number): WebhookResponse {
  const wait = Math.floor(Math.min(seconds, longestWait(update)))
  return empty(503, wait > 0 ? { "retry-after": String(wait) } : undefined)
}

/** Seconds that a clock may be wrong, and that an answer may be under way. */
const MARGIN = 60

/**
 * The longest `Retry-After` that cannot cost the update, in seconds: Telegram drops an update at once when the wait ends
 * after its life (facts, 3.3). Where its age is not known, a small part of its lifetime; at most the 3600 s that Telegram
 * honours.
 */
export function longestWait(update: Update, now: number = Date.now()): number {
  if (kindOf(update) === "inline_query") return 0
  const lifetime = lifetimeOf(update) ?? 150
  const date = dateOf(update)
  if (date === undefined) return lifetime / 30
  return Math.max(0, Math.min(date + lifetime - now / 1000 - MARGIN, 3600))
}
