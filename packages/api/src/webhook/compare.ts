import type { WebhookInfo } from "@grammyjs/types"
import { updateKinds } from "@hookgram/core"
import type { WebhookSettings } from "./config.ts"

/**
 * What a webhook has that is not as configured. `hidden` is what `getWebhookInfo` does not show: the secret token, the
 * content of the certificate, an IP address that is to be fixed no more.
 */
export type Difference = "url" | "certificate" | "ipAddress" | "maxConnections" | "allowedUpdates" | "hidden"

export type VisibleDifference = Exclude<Difference, "hidden">

/** The differences that `getWebhookInfo` shows (facts, 6.1). With another URL, all else is another webhook's. */
export function visibleDifferences(info: WebhookInfo, settings: WebhookSettings): VisibleDifference[] {
  const { url, certificate, ipAddress, maxConnections, allowedUpdates } = settings
  if (info.url !== url) return ["url"]
  const differs: Record<Exclude<VisibleDifference, "url">, boolean> = {
    certificate: info.has_custom_certificate !== (certificate !== undefined),
    ipAddress: ipAddress !== undefined && info.ip_address !== ipAddress,
    maxConnections: info.max_connections !== maxConnections,
    allowedUpdates: kinds(info.allowed_updates) !== kinds(allowedUpdates),
  }
  return (Object.keys(differs) as (keyof typeof differs)[]).filter((name) => differs[name])
}

/** Telegram shows the kinds in an order of its own, none for the default, and no names that it does not know. */
function kinds(names: readonly string[] = []): string {
  return updateKinds.filter((kind) => names.includes(kind)).join()
}
