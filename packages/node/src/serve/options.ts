import type { Api, EnsureOptions, WebhookConfig } from "@hookgram/api"
import type { ContextBot, Handler, HealthOptions, WebhookOptions } from "@hookgram/core"
import type { ProxyOptions } from "../forwarded.ts"

/** As much of the Bot API as a server needs. */
export type ServeApi = Pick<Api, "getMe" | "getWebhookInfo" | "setWebhook" | "deleteWebhook">

/** A bot of `@hookgram/bot`. */
export type ServedBot = ContextBot & {
  readonly api: ServeApi
  readonly allowedUpdates: WebhookConfig["allowedUpdates"]
}

/** How the webhook is registered: as for `ensureWebhook` of `@hookgram/api`, less the secret, which is the server's own. */
export type ServedConfig = Omit<WebhookConfig, "secretToken"> & Pick<EnsureOptions, "store" | "always">

/** What a server is made of: all options of a webhook, and these. Times are in milliseconds. */
export interface ServeOptions extends Omit<WebhookOptions, "handler">, ProxyOptions {
  /** A bot of `@hookgram/bot`: the handler, the api, and the kinds of updates that are asked for. */
  readonly bot?: ServedBot | undefined
  /** Instead of `bot`: a function, or a bot of any library. */
  readonly handler?: Handler | undefined
  /** Made by `createApi`. Needed for `webhook` and `deleteOnStop`, unless there is `bot`; health asks it for Telegram's view. */
  readonly api?: ServeApi | undefined
  /**
   * Registers the webhook at Telegram once the server listens. Of several secrets the first is registered. A self-signed
   * certificate of `tls` is uploaded; kinds of updates are those of `bot`, unless said otherwise. `always` is true, so that
   * a new secret or certificate counts at once, unless there is a `store` that remembers these, or `dropPendingUpdates`.
   * @default nothing is registered
   */
  readonly webhook?: ServedConfig | undefined
  /**
   * The path of the webhook.
   * @default that of `webhook.url`, or `/telegram`
   */
  readonly path?: string | undefined
  /**
   * The address to listen at.
   * @default all of this machine
   */
  readonly host?: string | undefined
  /**
   * The port to listen at; 0 for any free one.
   * @default 8443 with `tls`, else 8080
   */
  readonly port?: number | undefined
  /**
   * Instead of host and port: the path of a unix socket. Who may connect is decided by the process's umask. One that a process
   * has left there which was killed is replaced.
   */
  readonly socket?: string | undefined
  /** Makes it HTTPS: paths of PEM files, or the PEM itself. `cert` has the whole chain, the server's own first (facts, 10). */
  readonly tls?: { readonly key: string | Uint8Array; readonly cert: string | Uint8Array } | undefined
  /**
   * The path of health checks, with `/live` and `/ready` below it; `false` for none.
   * @default "/health"
   */
  readonly health?: string | false | undefined
  /** What else has to be there for the server to be ready, by name: as for `healthHandler`. */
  readonly checks?: HealthOptions["checks"]
  /**
   * Whether the webhook is deleted at the end. Not with several replicas: the first that stops would delete it for all.
   * @default false
   */
  readonly deleteOnStop?: boolean | undefined
  /**
   * Whether SIGTERM and SIGINT close the server and then end the process, with code 0. A second one ends it at once.
   * @default true
   */
  readonly signals?: boolean | undefined
  /**
   * How long updates that are here may take to finish at the end; then they are aborted and given back. Docker kills after
   * 10 s.
   * @default 8000
   */
  readonly drainTimeout?: number | undefined
  /**
   * The most connections; Telegram opens at most 100 to a bot.
   * @default 1000
   */
  readonly maxConnections?: number | undefined
}
