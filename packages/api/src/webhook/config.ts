import { checked, type UpdateKind, updateKinds } from "@hookgram/core"
import { isAddress, isIPv4, isReserved } from "./address.ts"
import { configSchema } from "./schema.ts"
import { normalUrl, urlProblems } from "./url.ts"

/** How a webhook is to be set. What is left out is Telegram's default, and not what was set before. */
export interface WebhookConfig {
  /**
   * Where updates go: https, at port 443, 80, 88 or 8443. Raw UTF-8 in it is percent-encoded. The secret token may not be
   * in it: it would be in logs.
   */
  readonly url: string
  /**
   * What Telegram sends along with each update, so that the webhook knows it: 1 to 256 of `A-Z a-z 0-9 _ -`. `false` is the
   * only way to go without.
   */
  readonly secretToken: string | false
  /**
   * The certificate, if it is self-signed, or the root that signed it, if that is not a public one: the path of a PEM file,
   * or the PEM itself as text or bytes. Telegram then trusts it alone (facts, 10). Never the private key.
   */
  readonly certificate?: string | Uint8Array | undefined
  /** The IPv4 address that Telegram connects to, instead of what DNS says. It is no filter: who calls you is another matter. */
  readonly ipAddress?: string | undefined
  /**
   * The most deliveries at once: 1 to 100.
   * @default 40
   */
  readonly maxConnections?: number | undefined
  /**
   * The kinds of updates that are wanted.
   * @default all but `chat_member`, `message_reaction` and `message_reaction_count`
   */
  readonly allowedUpdates?: readonly (UpdateKind | (string & {}))[] | undefined
  /**
   * Whether `allowedUpdates` may have kinds that Hookgram does not know. Telegram ignores those that it does not know.
   * @default false
   */
  readonly allowUnknownUpdates?: boolean | undefined
  /**
   * Whether the updates that wait are thrown away when the webhook is set. They stay if it is set already.
   * @default false
   */
  readonly dropPendingUpdates?: boolean | undefined
  /**
   * Whether the Bot API server is the simulator, or one of your own in local mode, which also takes plain http, any port
   * and address, and up to 100 000 connections (facts, 5.6).
   * @default false
   */
  readonly local?: boolean | undefined
}

/** A configuration without fault, with all defaults, as it is sent. */
export interface WebhookSettings {
  readonly url: string
  /** Empty for none. */
  readonly secretToken: string
  /** PEM. */
  readonly certificate?: string
  readonly ipAddress?: string
  readonly maxConnections: number
  /** Empty for Telegram's default. */
  readonly allowedUpdates: readonly string[]
  readonly dropPendingUpdates: boolean
}

/**
 * Checks a configuration as far as that can be done without Telegram: a `setWebhook` that fails has already removed the
 * old webhook (facts, 5.4).
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 */
export async function resolveConfig(config: WebhookConfig): Promise<WebhookSettings> {
  const {
    url,
    secretToken,
    allowUnknownUpdates: _allowed,
    local: _local,
    ...rest
  } = checked("This webhook configuration is wrong", await configSchema.safeParseAsync(config), conflicts(config ?? {}))
  return { ...rest, url: normalUrl(url), secretToken: secretToken === false ? "" : secretToken }
}

/** What only shows when fields are seen together, as far as each of them is of the right type. */
function conflicts(config: Partial<WebhookConfig>): string[] {
  const { url, secretToken, ipAddress, maxConnections, local = false } = config
  const secret = typeof secretToken === "string" ? secretToken : ""
  const problems = typeof url === "string" ? urlProblems(url, secret, local).map((problem) => `url: ${problem}`) : []
  problems.push(...unknownKinds(config))
  if (local) return problems
  if (typeof maxConnections === "number" && maxConnections > 100) problems.push("maxConnections: must be at most 100")
  if (typeof ipAddress === "string" && isAddress(ipAddress)) {
    if (!isIPv4(ipAddress)) problems.push("ipAddress: must be an IPv4 address: Telegram does not connect over IPv6")
    else if (isReserved(ipAddress)) {
      problems.push("ipAddress: is a private or reserved one, which Telegram cannot reach")
    }
  }
  return problems
}

const known: ReadonlySet<unknown> = new Set(updateKinds)

function unknownKinds({ allowedUpdates, allowUnknownUpdates }: Partial<WebhookConfig>): string[] {
  if (!Array.isArray(allowedUpdates) || allowUnknownUpdates === true) return []
  return (allowedUpdates as readonly unknown[]).flatMap((kind, index) =>
    typeof kind !== "string" || known.has(kind)
      ? []
      : `allowedUpdates.${index}: ${JSON.stringify(kind)} is no kind that is known: set allowUnknownUpdates if it is a new one`,
  )
}
