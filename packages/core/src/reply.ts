import { asciiJson } from "./answer.ts"
import { HookgramError } from "./errors.ts"

/**
 * A Bot API call as data. A handler that returns one answers Telegram with it, which saves a request; its result cannot
 * be seen, and it is lost when the connection breaks at that moment. See facts, 4, and
 * https://core.telegram.org/bots/api#making-requests-when-getting-updates.
 *
 * @example
 * createWebhook({
 *   secretToken,
 *   handler: ({ message }) => message && { method: "sendMessage", chat_id: message.chat.id, text: "Hello" },
 * })
 */
export interface WebhookReply {
  readonly method: string
  readonly [parameter: string]: unknown
}

/** What Telegram reads of a reply's JSON; a byte more fails the delivery (facts, 3.1). */
const MAX_LENGTH = 1_048_576

/** Names that Telegram ignores in a reply, in any case of letters: facts, 4. */
const ignored = /^(get|setwebhook$|deletewebhook$|close$|logout$)/i

/** The reply in what a handler returned. Anything but an object with a text `method` is not one. */
export function replyOf(returned: unknown): WebhookReply | undefined {
  if (typeof returned !== "object" || returned === null) return undefined
  if (typeof (returned as { method?: unknown }).method !== "string") return undefined
  // Telegram reads a null as the text `null` (facts, 4), so what has no value is left out.
  return Object.fromEntries(
    Object.entries(returned).filter(([, value]) => value !== null && value !== undefined),
  ) as WebhookReply
}

/** Why Telegram would not carry out this reply, or `undefined` when it would. */
export function unfitReply(reply: WebhookReply): HookgramError | undefined {
  const why = obstacle(reply)
  if (why === undefined) return undefined
  return new HookgramError(
    "invalid_reply",
    `The returned ${reply.method} was not sent: ${why}. Call the Bot API instead, or set the option callApi.`,
  )
}

function obstacle(reply: WebhookReply): string | undefined {
  if (reply.method === "") return "a webhook reply needs the name of a method"
  if (ignored.test(reply.method)) return `Telegram ignores ${reply.method} in a webhook reply`
  try {
    if (asciiJson(reply).length > MAX_LENGTH) return `a webhook reply may have at most ${MAX_LENGTH} bytes`
  } catch (error) {
    return `it cannot be written as JSON (${String(error)})`
  }
  return undefined
}

/** For a reply that came after Telegram had its answer, and no `callApi` to send it with. */
export function lateReply(reply: WebhookReply): HookgramError {
  return new HookgramError(
    "late_reply",
    `The returned ${reply.method} was not sent: Telegram had been answered already. Call the Bot API instead, or set the option callApi.`,
  )
}
