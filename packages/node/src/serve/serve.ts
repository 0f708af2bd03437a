import type { RequestListener, Server } from "node:http"
import { ensureWebhook } from "@hookgram/api"
import type { Webhook } from "@hookgram/core"
import { healthHandler } from "../health.ts"
import { telegramWebhook } from "../listener.ts"
import type { ServeOptions } from "./options.ts"
import { listen, urlOf } from "./listen.ts"
import { type ResolvedServeOptions, resolveServeOptions } from "./schema.ts"
import { Connections, makeServer } from "./server.ts"
import { endOnSignals } from "./signals.ts"
import { type Pems, readTls, selfSigned } from "./tls.ts"

/** How the webhook is deleted: within seconds, since somebody waits for the process to end. */
const deletion = { timeout: 2000, retry: { attempts: 2, maxDelay: 1000 } }

/** A server that runs. */
export interface ServedWebhook {
  /** Where it listens, with the path of the webhook; `unix:` and the path of a socket. */
  readonly url: string
  readonly webhook: Webhook
  /**
   * Refuses what comes with 503, lets what is here finish within `drainTimeout`, closes the server, and deletes the
   * webhook if `deleteOnStop` says so. A second call waits for the first.
   *
   * @throws what `deleteWebhook` throws; the server is closed then, too
   */
  close(): Promise<void>
}

/** See the `serve` that loads this file. */
export async function serve(options: ServeOptions): Promise<ServedWebhook> {
  const resolved = resolveServeOptions(options)
  const tls = resolved.tls && (await readTls(resolved.tls))
  const server = makeServer(listenerOf(resolved), tls)
  server.maxConnections = resolved.maxConnections
  await listen(server, resolved)
  const service = new Service(server, resolved)
  try {
    await service.register(tls)
  } catch (error) {
    await service.abandon()
    throw error
  }
  return service
}

function listenerOf({ path, webhook, api, health, checks, trustedProxies }: ResolvedServeOptions): RequestListener {
  const others = health === false ? undefined : healthHandler({ path: health, webhook, api, checks })
  return telegramWebhook({ path, webhook, trustedProxies }, others)
}

class Service implements ServedWebhook {
  readonly url: string
  readonly webhook: Webhook
  readonly #connections: Connections
  readonly #options: ResolvedServeOptions
  readonly #closing = new AbortController()
  readonly #ignoreSignals: (() => void) | undefined
  #closed: Promise<void> | undefined

  constructor(server: Server, options: ResolvedServeOptions) {
    this.url = urlOf(server, options)
    this.webhook = options.webhook
    this.#connections = new Connections(server)
    this.#options = options
    if (options.signals) this.#ignoreSignals = endOnSignals(() => this.close())
  }

  async register(tls: Pems | undefined): Promise<void> {
    const { api, bot, config, secretToken } = this.#options
    if (!api || !config) return
    // Telegram shows neither secret nor certificate: a new one would only be noticed when it has refused updates.
    const { store, always = !store && !config.dropPendingUpdates, ...rest } = config
    const certificate = tls && selfSigned(tls)
    const kinds = bot?.allowedUpdates ?? []
    await ensureWebhook(
      api,
      { ...(certificate && { certificate }), ...(kinds.length > 0 && { allowedUpdates: kinds }), ...rest, secretToken },
      { store, always, signal: this.#closing.signal },
    )
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close(this.#options.deleteOnStop))
  }

  /** Closes without deleting a webhook that may be another process's. */
  abandon(): Promise<void> {
    return (this.#closed ??= this.#close(false))
  }

  /** The server goes on listening while updates finish: a proxy then sees 503, and not that there is nobody. */
  async #close(deletes: boolean): Promise<void> {
    this.#closing.abort()
    try {
      await this.webhook.close({ timeout: this.#options.drainTimeout })
      await this.#connections.close()
      // Last: an update whose answer Telegram did not wait for would be given to whoever polls next.
      if (deletes) await this.#options.api?.deleteWebhook({}, deletion)
    } finally {
      this.#ignoreSignals?.()
    }
  }
}
