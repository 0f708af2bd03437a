import type { WebhookInfo } from "@grammyjs/types"
import { ApiError, tooManyRequests } from "../api/error.ts"
import { Described } from "../api/method.ts"
import type { Parameters } from "../api/parameters.ts"
import type { Bot } from "../bot.ts"
import { type Timer, unixTime } from "../clock/clock.ts"
import { WebhookDelivery, type WebhookSettings } from "../delivery/webhook-delivery.ts"
import { applyAllowedUpdates, showAllowedUpdates } from "./allowed-updates.ts"
import { findAddress, followAddress } from "./host-address.ts"
import { checkRequest, isSameRequest, readRequest, type WebhookRequest } from "./request.ts"

/** A webhook that is set, or is being verified. */
interface Registered {
  readonly request: WebhookRequest
  readonly settings: WebhookSettings
  /** "" before it is known. */
  address: string
  /** From when it is verified. */
  delivery?: WebhookDelivery
  /** Ends the `setWebhook` that waits for it to be verified. */
  readonly fail: (error: ApiError) => void
}

/** A bot's webhook: sets, deletes and shows it, and keeps its delivery (facts, 5 and 6). */
export class Registration {
  readonly #bot: Bot
  #current: Registered | undefined
  #nextSetAt = -Infinity
  #lastError: { date: number; message: string } | undefined
  #following: Timer | undefined

  constructor(bot: Bot) {
    this.#bot = bot
  }

  /** Whether a webhook is set, or is being set. */
  get isSet(): boolean {
    return this.#current !== undefined
  }

  /** New updates were stored. */
  wake(): void {
    this.#current?.delivery?.wake()
  }

  /** `setWebhook`, checked in Telegram's order (facts, 5.1). When it fails, the old webhook is gone all the same. */
  async set(parameters: Parameters): Promise<Described> {
    const drop = parameters.boolean("drop_pending_updates")
    if (parameters.text("url") === "") return this.delete(drop)
    this.#limitRate()
    const { strict } = this.#bot.world.services
    const request = readRequest(parameters, strict)
    if (this.#current?.delivery && isSameRequest(this.#current.request, request) && !drop) {
      applyAllowedUpdates(this.#bot, parameters)
      return new Described(true, "Webhook is already set")
    }
    this.#bot.polling.terminate("terminated by setWebhook request")
    this.delete(drop)
    const settings = checkRequest(request, strict, () => applyAllowedUpdates(this.#bot, parameters))
    return new Promise((resolve, fail) => {
      this.#current = { request, settings, address: request.ipAddress, fail }
      this.#verify(this.#current, () => resolve(new Described(true, "Webhook was set"))).catch(fail)
    })
  }

  /** `deleteWebhook`. */
  delete(drop: boolean): Described {
    const current = this.#current
    if (current && !current.delivery) {
      void this.#bot.conflicts.next("terminated by other setWebhook").then(current.fail)
    }
    this.#remove()
    if (drop) this.#bot.updates.clear()
    return new Described(true, current ? "Webhook was deleted" : "Webhook is already deleted")
  }

  /** `getWebhookInfo`, its fields in Telegram's order (facts, 6.1). */
  info(): WebhookInfo {
    const allowed = showAllowedUpdates(this.#bot.allowed)
    const current = this.#current
    const error = this.#lastError
    return {
      url: current?.request.url ?? "",
      has_custom_certificate: current?.request.certificate !== undefined,
      pending_update_count: this.#bot.updates.size,
      ...(error && { last_error_date: error.date, last_error_message: error.message }),
      ...(current && { max_connections: current.request.maxConnections, ip_address: current.address || "<unknown>" }),
      ...(allowed && { allowed_updates: allowed as WebhookInfo["allowed_updates"] }),
    }
  }

  /**
   * Cuts the connections and delivers no more. The webhook stays set, unless it is still being verified.
   *
   * @param error what the `setWebhook` that waits for that is told
   */
  pause(error: ApiError = new ApiError(500, "Internal Server Error: restart")): void {
    this.#stop()
    if (!this.#current || this.#current.delivery) return
    this.#current.fail(error)
    this.#current = undefined
  }

  /** Delivers again after a pause, as after a restart of the server: with no errors, and counts that start afresh. */
  resume(): void {
    this.#lastError = undefined
    if (this.#current) this.#deliver(this.#current, { restarted: true })
  }

  #limitRate(): void {
    const now = this.#bot.world.clock.now()
    if (now < this.#nextSetAt) throw tooManyRequests(1)
    this.#nextSetAt = now + 1000
  }

  /** One that is overtaken meanwhile is not answered here: whoever overtakes it sees to that. */
  async #verify(registered: Registered, verified: () => void): Promise<void> {
    try {
      const { host } = registered.settings.url
      if (registered.address === "") registered.address = await findAddress(host, this.#bot.world)
      if (this.#current !== registered) return
      this.#deliver(registered, { restarted: false })
      verified()
    } catch (error) {
      if (this.#current !== registered) return
      this.#remove()
      throw error
    }
  }

  #deliver(registered: Registered, options: { restarted: boolean }): void {
    const { request, settings } = registered
    const { world } = this.#bot
    registered.delivery = new WebhookDelivery(this.#bot, settings, registered.address, world.services.faults, {
      failed: (message) => {
        this.#lastError = { date: unixTime(world.clock), message }
      },
      gone: () => this.#remove(),
      replied: (parameters) => world.services.reply(this.#bot, parameters),
    })
    if (request.ipAddress !== "") return
    const found = (address: string) => {
      registered.address = address
      if (registered.delivery) registered.delivery.address = address
    }
    this.#following = followAddress(settings.url.host, world, found, options)
  }

  #stop(): void {
    this.#following?.cancel()
    this.#current?.delivery?.stop()
  }

  #remove(): void {
    this.#stop()
    this.#current = undefined
    this.#lastError = undefined
  }
}
