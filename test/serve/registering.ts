import { type Api, createApi } from "@hookgram/api"
import type { ServeOptions } from "@hookgram/node"
import { expect, onTestFinished } from "vitest"
import { BotApi, botToken } from "../support/bot-api.ts"
import { served } from "./served.ts"

export const url = "https://bot.example.com/telegram"

/** A Bot API server at which servers register, stopped when the test is over. */
export class Telegram {
  readonly api: BotApi
  readonly client: Api
  /** What `getWebhookInfo` says. */
  #info = { url: "", has_custom_certificate: false, pending_update_count: 0, max_connections: 40 }

  private constructor(api: BotApi) {
    this.api = api
    this.client = createApi(botToken, { baseUrl: api.root, retry: false })
    api.answer("getWebhookInfo", () => this.#info)
  }

  static async start(): Promise<Telegram> {
    const api = await BotApi.start()
    onTestFinished(() => api.stop())
    return new Telegram(api)
  }

  /** From now on, it says that the webhook is set. */
  isSet(): void {
    this.#info = { ...this.#info, url }
  }

  /** Starts a server that registers, and gives back what the webhook was set with. */
  async registered(options: Partial<ServeOptions>): Promise<Readonly<Record<string, unknown>>> {
    await served({ webhook: { url }, ...(!options.bot && { api: this.client }), ...options })
    const call = this.api.callsTo("setWebhook").at(-1)
    expect(call).toBeDefined()
    return call!.params
  }
}
