import type { TelegramError } from "../telegram-error.ts"
import { type Explanation, explain, type Finding, type TextExplanation } from "./finding.ts"

/** What Telegram refuses calls with that have to do with receiving updates (facts, 5.1, 5.4, 7.3 and 8.4). */
const explanations: readonly TextExplanation[] = [
  {
    text: /An HTTPS URL must be provided/,
    code: "https_required",
    cause: "Telegram delivers over TLS only.",
    fix: "Give an https URL; for development, use a tunnel or the simulator.",
  },
  {
    text: /only on ports/,
    code: "port_not_allowed",
    cause: "Telegram connects to the ports 443, 80, 88 and 8443 only.",
    fix: "Listen at one of these, or put a proxy there.",
  },
  {
    text: /invalid webhook URL/,
    code: "invalid_url",
    cause: "The URL is not one that Telegram can read.",
    fix: "Check its scheme, host and port.",
  },
  {
    text: /Failed to resolve host/,
    code: "host_not_found",
    cause: "The host has no address that Telegram finds. It remembers that for five minutes.",
    fix: "Check the name and its A record, wait five minutes, or give ipAddress.",
  },
  {
    text: /IPv6-only/,
    code: "ipv6_only",
    cause: "The host has IPv6 addresses only, and Telegram connects over IPv4.",
    fix: "Give it an A record, or put a proxy with an IPv4 address before it.",
  },
  {
    text: /IP address .* is reserved/,
    code: "address_reserved",
    cause: "The host's address is a private one, which Telegram cannot reach.",
    fix: "Use a public address; for development, a tunnel or the simulator.",
  },
  {
    text: /Invalid IP address/,
    code: "invalid_ip_address",
    cause: "ipAddress is not an IP address.",
    fix: "Give digits and dots, and no host name.",
  },
  {
    text: /certificate size is too big/,
    code: "certificate_too_large",
    cause: "The certificate has more than 3 MiB.",
    fix: "Upload the one certificate that is needed, as PEM.",
  },
  {
    text: /Failed to set custom certificate|failed to save certificate/,
    code: "certificate_refused",
    cause: "Telegram cannot read the certificate.",
    fix: "Upload it as PEM: with -----BEGIN CERTIFICATE-----, and without the private key.",
  },
  {
    text: /secret token (is too long|contains unallowed)/,
    code: "invalid_secret_token",
    cause: "The secret token is not one that Telegram takes.",
    fix: "Use 1 to 256 of A-Z a-z 0-9 _ -.",
  },
  {
    text: /terminated by other setWebhook/,
    code: "set_elsewhere",
    cause: "Another process has set or deleted the webhook at the same moment.",
    fix: "Look with getWebhookInfo which one is set; ensureWebhook does.",
  },
  {
    text: /while webhook is active/,
    code: "polling_conflict",
    cause: "The bot has a webhook, so that its updates cannot be polled.",
    fix: "Delete the webhook first, or do not poll.",
  },
  {
    text: /terminated by other getUpdates/,
    code: "polling_conflict",
    cause: "Another process polls this bot's updates.",
    fix: "Stop it: one process may poll. For tests, use another bot.",
  },
  {
    text: /terminated by setWebhook/,
    code: "polling_conflict",
    cause: "Somebody has set a webhook while this process polled.",
    fix: "Do either: poll, or have a webhook.",
  },
  {
    text: /unallowed token/,
    code: "wrong_server",
    cause: "This Bot API server does not serve the bot of this token.",
    fix: "Check the token and baseUrl.",
  },
  {
    text: /^Logged out/,
    code: "logged_out",
    cause: "The bot has logged out of this Bot API server.",
    fix: "Use the server it has moved to, or wait ten minutes.",
  },
]

/** What Telegram refuses by its error code, whatever the text. */
const byErrorCode: Readonly<Record<number, Explanation>> = {
  401: {
    code: "unauthorized",
    cause: "The token is wrong, or was revoked.",
    fix: "Get the valid one from @BotFather.",
  },
  404: {
    code: "unauthorized",
    cause: "The token is malformed, or what answers is no Bot API server.",
    fix: "Get the valid one from @BotFather, and check baseUrl.",
  },
  429: {
    code: "too_many_requests",
    cause: "Telegram puts the call off: there were too many. setWebhook, for one, is taken once in a second.",
    fix: "Wait as long as it says.",
  },
}

/**
 * Explains why Telegram refused a call that has to do with receiving updates.
 *
 * @returns `undefined` if it is nothing of that sort
 * @example
 * const finding = error instanceof TelegramError ? explainError(error) : undefined
 */
export function explainError({ errorCode, description }: TelegramError): Finding | undefined {
  if (description === "Not Found: method not found") return undefined
  const explanation = explain(description, explanations) ?? byErrorCode[errorCode]
  return explanation && { ...explanation, severity: "error", evidence: description }
}
