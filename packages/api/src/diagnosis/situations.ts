import type { WebhookInfo } from "@grammyjs/types"
import { type VisibleDifference, visibleDifferences } from "../webhook/compare.ts"
import type { WebhookSettings } from "../webhook/config.ts"
import { explainDeliveryError } from "./delivery-errors.ts"
import type { Finding } from "./finding.ts"

/** After how long an error counts as over, in seconds: Telegram shows it until the webhook is set anew (facts, 3.7). */
const RECENT = 600

/** How many updates that wait are many; and how many Telegram keeps (facts, 7.4). */
const MANY = 100
const NEARLY_FULL = 90_000

/** How much of Telegram's text is shown. */
const EVIDENCE = 300

/** What can be read off what `getWebhookInfo` shows. */
export function situations(info: WebhookInfo, settings: WebhookSettings | undefined, now: number): Finding[] {
  const isSet = Boolean(info.url)
  const isFailing = isSet && now - (info.last_error_date ?? 0) <= RECENT
  const findings = [
    ...(isSet ? drift(info, settings) : [notSet(settings !== undefined)]),
    lastError(info, isFailing, now),
    pending(info.pending_update_count, isFailing),
    info.ip_address === "<unknown>" ? notVerified : undefined,
    outOfSync(info.last_synchronization_error_date),
  ]
  return findings.filter((finding) => finding !== undefined)
}

function notSet(isWanted: boolean): Finding {
  return {
    code: "not_set",
    severity: isWanted ? "error" : "info",
    cause:
      "No webhook is set: it never was, it was deleted, as by somebody who polls, or a setWebhook that failed has removed it.",
    fix: "Call ensureWebhook; or poll.",
  }
}

const drifts: Readonly<Record<Exclude<VisibleDifference, "url">, Finding>> = {
  certificate: differs("certificate", "A certificate is set where none is configured, or the other way round."),
  ipAddress: differs("ip_address", "The fixed IP address is not the configured one."),
  maxConnections: differs("max_connections", "The number of connections is not the configured one."),
  allowedUpdates: differs(
    "allowed_updates",
    "The kinds of updates are not the configured ones; getUpdates changes them, too.",
  ),
}

function differs(what: string, cause: string): Finding {
  return { code: `${what}_differs`, severity: "warning", cause, fix: "Call ensureWebhook." }
}

function drift(info: WebhookInfo, settings: WebhookSettings | undefined): Finding[] {
  if (!settings) return []
  return visibleDifferences(info, settings).map((name) =>
    name === "url" ? otherUrl(info.url ?? "", settings.url) : drifts[name],
  )
}

/** Paths are not shown: some have the token in them. */
function otherUrl(actual: string, configured: string): Finding {
  const [host, own] = [actual, configured].map((url) => (URL.canParse(url) ? new URL(url).host : ""))
  if (host === own) {
    return {
      code: "url_differs",
      severity: "error",
      cause: "The webhook is set to another URL of the same host.",
      fix: "Call ensureWebhook.",
    }
  }
  return {
    code: "stolen",
    severity: "error",
    cause: `The webhook is set to ${host || "another host"}: another program, or another deployment, has this bot's token and took it.`,
    fix: "Stop that one, or revoke the token; then call ensureWebhook.",
  }
}

function lastError(
  { last_error_message, last_error_date = 0 }: WebhookInfo,
  isFailing: boolean,
  now: number,
): Finding | undefined {
  if (last_error_message === undefined) return undefined
  const explanation = explainDeliveryError(last_error_message)
  const evidence = last_error_message.slice(0, EVIDENCE)
  if (isFailing) return { ...explanation, severity: "error", evidence }
  const minutes = Math.round((now - last_error_date) / 60)
  const cause = `${explanation.cause} That was ${minutes} minutes ago, and may be over: Telegram shows it until the webhook is set anew.`
  return { ...explanation, severity: "info", cause, evidence }
}

function pending(count: number, isFailing: boolean): Finding | undefined {
  const evidence = `${count} updates wait`
  if (count >= NEARLY_FULL) {
    return {
      code: "queue_nearly_full",
      severity: "error",
      cause: "Telegram keeps 100 000 updates of a bot. New ones above that are lost.",
      fix: "Mend what keeps them from being delivered, or drop them with dropPendingUpdates.",
      evidence,
    }
  }
  if (count < MANY && !(isFailing && count > 0)) return undefined
  return {
    code: "updates_pending",
    severity: "warning",
    cause: "Updates wait at Telegram. They are lost when they are a day old, button presses after 150 s.",
    fix: isFailing ? "Mend the last error." : "If it does not go down, the receiver is too slow: see its deadline.",
    evidence,
  }
}

const notVerified: Finding = {
  code: "not_verified",
  severity: "warning",
  cause: "Telegram is still looking up the webhook's host.",
  fix: "Look again in a minute; if it stays, check the host's A record.",
}

/** @param date in Unix seconds */
function outOfSync(date: number | undefined): Finding | undefined {
  if (date === undefined) return undefined
  return {
    code: "telegram_out_of_sync",
    severity: "info",
    cause: "The Bot API server was out of touch with Telegram's data centers. This is nothing about the webhook.",
    fix: "Nothing; with a server of your own, see to its network.",
    evidence: new Date(date * 1000).toISOString(),
  }
}
