import { verdictOf } from "./errors.ts"
import type { WebhookEvent } from "./events.ts"

/** How long a refusal is not written again, in milliseconds: who tries out secrets shall not fill the log. */
const QUIET = 600_000

/** What to look at where Telegram itself may have been refused. */
const advice: Readonly<Record<string, string>> = {
  secret:
    "the secret token is missing or wrong. If it was Telegram, the webhook was set with another one than secretToken here.",
  address:
    "the address is not in allowedAddresses. Behind a proxy, it must be the client's: trustedProxies, or the framework's trust proxy.",
}

/** When each kind of refusal may be written again, on the clock of `performance.now()`. */
const quietUntil = new Map<string, number>()

/** Whether {@link logFailures} may have something to write about an event. */
export function isLogged(type: WebhookEvent["type"], details: object | undefined): boolean {
  return type === "rejected" || (details !== undefined && "error" in details)
}

/**
 * The observer in force when there is no `onEvent`: writes failures to `console.error`, with bots' tokens blotted out, and
 * requests that were refused for their secret or address, each once in ten minutes; it is silent about everything else.
 */
export function logFailures(event: WebhookEvent): void {
  if (event.type === "rejected") return logRejection(event)
  if (!("error" in event) || event.error === undefined) return
  // Told by the dead letter that follows.
  if (event.type === "failed" && verdictOf(event.error)?.retry === false) return
  const update =
    "updateId" in event && event.updateId !== undefined ? ` ${event.kind ?? "update"} ${event.updateId}` : ""
  const attempt = "attempt" in event ? ` (attempt ${event.attempt})` : ""
  console.error(`hookgram: ${event.type}${update}${attempt}: ${describe(event.error)}`)
}

function logRejection({ reason, status, address }: Extract<WebhookEvent, { type: "rejected" }>): void {
  const now = performance.now()
  if (!(reason in advice) || now < (quietUntil.get(reason) ?? 0)) return
  quietUntil.set(reason, now + QUIET)
  console.error(`hookgram: refused a request from ${address ?? "an unknown address"} with ${status}: ${advice[reason]}`)
}

/** The token of a bot, wherever it stands in a text: HTTP clients like to quote the address they failed to reach. */
const botToken = /\d{5,}:[A-Za-z0-9_-]{24,}/g

/** An error with its causes. What a handler has thrown on purpose needs no stack. */
function describe(error: unknown, depth = 0): string {
  try {
    const text = textOf(error).replace(botToken, "<bot token>")
    const cause: unknown = error instanceof Error ? error.cause : undefined
    return cause === undefined || depth === 3 ? text : `${text}\n  because of ${describe(cause, depth + 1)}`
  } catch {
    return "an error that cannot be shown as text"
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const words = `${error.name}: ${error.message}`
  return verdictOf(error) ? words : (error.stack ?? words)
}
