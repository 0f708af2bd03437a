import type { WebhookInfo } from "@grammyjs/types"
import type { WebhookSettings } from "../webhook/config.ts"
import { explainDeliveryError } from "./delivery-errors.ts"
import { drift } from "./drift.ts"
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
  const isFailing = isSet && info.pending_update_count > 0 && now - (info.last_error_date ?? 0) <= RECENT
  const findings = [
    ...(isSet ? [] : [notSet(settings !== undefined)]),
    ...(isSet && settings ? drift(info, settings) : []),
    lastError(info, isFailing, now),
    pending(info.pending_update_count, isSet, isFailing),
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

function lastError(info: WebhookInfo, isFailing: boolean, now: number): Finding | undefined {
  const { last_error_message, last_error_date = 0, pending_update_count } = info
  if (last_error_message === undefined) return undefined
  const explanation = explainDeliveryError(last_error_message)
  const shown = { evidence: last_error_message.slice(0, EVIDENCE), at: new Date(last_error_date * 1000) }
  if (isFailing) return { ...explanation, severity: "error", ...shown }
  const isOver = pending_update_count === 0 ? "nothing waits: it is perhaps over" : "may be over"
  const cause = `${explanation.cause} That was ${ago(now - last_error_date)}, and ${isOver}. Telegram shows it until the webhook is set anew.`
  return { ...explanation, severity: "info", cause, ...shown }
}

function ago(seconds: number): string {
  return seconds < 100 ? `${Math.max(0, Math.round(seconds))} s ago` : `${Math.round(seconds / 60)} minutes ago`
}

function pending(count: number, isSet: boolean, isFailing: boolean): Finding | undefined {
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
  if (count < MANY && !isFailing) return isSet && count > 0 ? { ...silent, evidence } : undefined
  return {
    code: "updates_pending",
    severity: "warning",
    cause: "Updates wait at Telegram. They are lost when they are a day old, button presses after 150 s.",
    fix: isFailing ? "Mend the last error." : "If it does not go down, the receiver is too slow: see its deadline.",
    evidence,
  }
}

/** What an error would tell is not there yet, or never will be (facts, 3.5 and 3.7). */
const silent: Finding = {
  code: "updates_pending",
  severity: "info",
  cause:
    "Updates wait, and there is no recent error: they are on their way, or the receiver has not answered yet, for which Telegram gives it 60 s, or it closes the connection without an answer, as a TLS port does with an http URL: Telegram records nothing of that.",
  fix: "If the receiver sees nothing, look again in 60 s; if they still wait, see what listens at the URL's port and what it does with a request.",
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
    at: new Date(date * 1000),
  }
}
