import type { ServeOptions } from "./serve/options.ts"
import type { ServedWebhook } from "./serve/serve.ts"

/**
 * Runs a webhook without an application around it: over HTTP, behind a proxy; over HTTPS; or on a unix socket. Other paths
 * than the webhook's and that of health checks get 404.
 *
 * @returns when it listens, and the webhook is registered if it is to be
 * @throws HookgramError `invalid_options`, naming every field that is wrong; `listen_failed`; what `ensureWebhook` throws
 * @example
 * const server = await serve({ bot, secretToken, webhook: { url: "https://bot.example.com/telegram" } })
 * console.log(`Listening on ${server.url}`)
 */
export async function serve(options: ServeOptions): Promise<ServedWebhook> {
  // Loaded when it is needed: it brings the Bot API along, which is a megabyte of memory to those who have a server.
  const { serve: start } = await import("./serve/serve.ts")
  return start(options)
}
