import type { WebhookInfo } from "@grammyjs/types"
import { type VisibleDifference, visibleDifferences } from "../webhook/compare.ts"
import type { WebhookSettings } from "../webhook/config.ts"
import type { Finding } from "./finding.ts"

/** Where the webhook that is set is not the one that is configured. */
export function drift(info: WebhookInfo, settings: WebhookSettings): Finding[] {
  return visibleDifferences(info, settings).map((name) => drifts[name](info, settings))
}

type Drift = (info: WebhookInfo, settings: WebhookSettings) => Finding

const drifts: Readonly<Record<VisibleDifference, Drift>> = {
  url: (info, settings) => otherUrl(info.url ?? "", settings.url),
  certificate: (info) => otherCertificate(info.has_custom_certificate),
  ipAddress: () => differs("ip_address", "The fixed IP address is not the configured one."),
  maxConnections: () => differs("max_connections", "The number of connections is not the configured one."),
  allowedUpdates: () =>
    differs("allowed_updates", "The kinds of updates are not the configured ones; getUpdates changes them, too."),
}

function differs(what: string, cause: string, fix = "Call ensureWebhook."): Finding {
  return { code: `${what}_differs`, severity: "warning", cause, fix }
}

/** Setting the webhook without its certificate removes it (facts, 5.4), and with it perhaps what makes deliveries work. */
function otherCertificate(isSet: boolean): Finding {
  return isSet
    ? differs(
        "certificate",
        "A certificate is set, and none is configured.",
        "Pass the certificate in the configuration, or, if the receiver's is no longer self-signed, call ensureWebhook.",
      )
    : differs("certificate", "A certificate is configured, and none is set: Telegram trusts public authorities only.")
}

/** Paths are not shown: some have the token in them. */
function otherUrl(actual: string, configured: string): Finding {
  const own = new URL(configured)
  const other = URL.canParse(actual) ? new URL(actual) : undefined
  if (other?.host === own.host) {
    return {
      code: "url_differs",
      severity: "error",
      cause: `The webhook is set to another URL of ${own.host}: ${differingParts(other, own)}.`,
      fix: "Call ensureWebhook.",
    }
  }
  return {
    code: "stolen",
    severity: "error",
    cause: `The webhook is set to ${other?.host ?? "another host"}: another program, or another deployment, has this bot's token and took it.`,
    fix: "Stop that one, or revoke the token; then call ensureWebhook.",
  }
}

const parts = { protocol: "scheme", username: "user", password: "password", pathname: "path", search: "query" } as const

function differingParts(one: URL, other: URL): string {
  const names = (Object.keys(parts) as (keyof typeof parts)[]).filter((part) => one[part] !== other[part])
  return names.length === 0 ? "the spelling differs" : names.map((part) => `the ${parts[part]} differs`).join(", ")
}
