import { HookgramError } from "./errors.ts"
import type { WebhookOptions } from "./options.ts"
import { createWebhook, type Webhook } from "./webhook.ts"

/** Where a webhook is mounted: what every adapter takes beside the options of the webhook itself. */
export interface MountPath {
  /**
   * The path of the webhook, compared without query: every other path falls through to the application. Where the
   * framework itself mounts the adapter under a prefix and cuts that off, the path is relative to it.
   * @default whatever reaches the adapter is for it
   */
  readonly path?: string | undefined
}

/** The options of `telegramWebhook` in every adapter: a webhook's own, or a webhook made with `createWebhook`. */
export type MountOptions = MountPath & (WebhookOptions | { readonly webhook: Webhook })

/** A webhook and the check whether a request's target is for it. */
export interface Mount {
  readonly webhook: Webhook
  readonly matches: (target: string | undefined) => boolean
}

/**
 * Reads an adapter's options.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 */
export function mount(mountOptions: MountOptions): Mount {
  const { path, ...options } = mountOptions ?? {}
  const problems: string[] = []
  if (path !== undefined && (typeof path !== "string" || !/^\/[^?#]*$/.test(path))) {
    problems.push("path: must begin with a slash and have no query, such as /telegram")
  }
  const webhook = webhookOf(options, problems)
  if (!webhook || problems.length > 0) throw new HookgramError("invalid_options", problems.join("\n"))
  return { webhook, matches: matcher(path) }
}

function webhookOf(options: object, problems: string[]): Webhook | undefined {
  const { webhook, ...others } = options as { readonly webhook?: Webhook }
  if (webhook !== undefined) {
    if (typeof webhook?.receive !== "function") problems.push("webhook: must be made by createWebhook")
    for (const name of Object.keys(others))
      problems.push(`${name}: belongs into createWebhook, beside the webhook that was given`)
    return webhook
  }
  try {
    return createWebhook(others as WebhookOptions)
  } catch (error) {
    if (!(error instanceof HookgramError)) throw error
    problems.push(error.message)
    return undefined
  }
}

function matcher(path: string | undefined): (target: string | undefined) => boolean {
  if (path === undefined) return () => true
  // Telegram sends the query and even the fragment of the registered URL: facts, 1.1.
  return (target = "") => {
    if (!target.startsWith(path)) return false
    const next = target[path.length]
    return next === undefined || next === "?" || next === "#"
  }
}
