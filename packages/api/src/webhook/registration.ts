import type { WebhookInfo } from "@grammyjs/types"
import type { Api } from "../api.ts"
import { file } from "../file.ts"
import { type Difference, visibleDifferences } from "./compare.ts"
import type { WebhookSettings } from "./config.ts"
import { fingerprint, type WebhookStore } from "./store.ts"

/** As much of an {@link Api} as setting a webhook takes. */
export type RegistrationApi = Pick<Api, "getMe" | "getWebhookInfo" | "setWebhook">

/** How long one `setWebhook` may take, and how long the lock for it holds, in milliseconds. */
const SET_TIMEOUT = 10_000
const LOCK = 15_000

/** Errors that tell of a secret or a certificate that is not the receiver's. */
const hiddenFault = /^Wrong response from the webhook: 401|certificate verify failed/i

/** One bot's webhook: what Telegram has, what it should have, and what is known to have been sent. */
export class Registration {
  readonly #api: RegistrationApi
  readonly #settings: WebhookSettings
  readonly #store: WebhookStore | undefined
  readonly #signal: AbortSignal | undefined
  #key: string | undefined

  constructor(api: RegistrationApi, settings: WebhookSettings, store?: WebhookStore, signal?: AbortSignal) {
    this.#api = api
    this.#settings = settings
    this.#store = store
    this.#signal = signal
  }

  /** @param suspicious whether to distrust what cannot be seen when Telegram was refused for it */
  async differences(suspicious: boolean): Promise<Difference[]> {
    const info = await this.#api.getWebhookInfo({}, { signal: this.#signal })
    const visible = visibleDifferences(info, this.#settings)
    const isHidden = (suspicious && hiddenFault.test(info.last_error_message ?? "")) || !(await this.#isRemembered())
    return isHidden && visible.length === 0 ? ["hidden"] : visible
  }

  /** Whether it is this process that may set the webhook now. */
  async lock(): Promise<boolean> {
    return (await this.#store?.lock?.(`${await this.#storeKey()}:lock`, LOCK)) ?? true
  }

  /**
   * One try, with no other after it: whoever tries again has to look first.
   *
   * @returns what the call failed with
   */
  async set(): Promise<unknown> {
    try {
      await this.#send(this.#settings)
    } catch (error) {
      return error
    }
    await this.#store?.set(await this.#storeKey(), await fingerprint(this.#settings))
    return undefined
  }

  async #send(settings: WebhookSettings): Promise<void> {
    const { url, secretToken, certificate, ipAddress, maxConnections, allowedUpdates, dropPendingUpdates } = settings
    await this.#api.setWebhook(
      {
        url,
        max_connections: maxConnections,
        allowed_updates: allowedUpdates as NonNullable<WebhookInfo["allowed_updates"]>,
        ...(secretToken !== "" && { secret_token: secretToken }),
        ...(certificate !== undefined && {
          certificate: file(new TextEncoder().encode(certificate), { name: "certificate.pem" }),
        }),
        ...(ipAddress !== undefined && { ip_address: ipAddress }),
        ...(dropPendingUpdates && { drop_pending_updates: true }),
      },
      { retry: false, timeout: SET_TIMEOUT, signal: this.#signal },
    )
  }

  async #isRemembered(): Promise<boolean> {
    if (!this.#store) return true
    return (await this.#store.get(await this.#storeKey())) === (await fingerprint(this.#settings))
  }

  async #storeKey(): Promise<string> {
    this.#key ??= `hookgram:webhook:${(await this.#api.getMe({}, { signal: this.#signal })).id}`
    return this.#key
  }
}
