import type { BotLike } from "@hookgram/core"
import type { Express } from "express"

/** An update as a library hands it on. */
export type SeenUpdate = { update_id: number }

/** What a bot of a library is made with. */
export interface BotSettings {
  readonly token: string
  readonly apiRoot: string
  /** Called first for each update; the bot reacts only if it returns true. */
  readonly saw: (update: SeenUpdate) => boolean
}

/** What the conversation needs of a library's bot, beside its part in it. */
export interface InteropBot {
  /** For `telegramWebhook`. */
  readonly handler: BotLike
  /** Mounts the library's own webhook, as its documentation shows it. */
  mount(app: Express, path: string, secretToken: string): void
  /** The library's own long polling, for updates of these kinds, until `stop` is called. */
  poll(kinds: readonly string[]): Promise<void>
  stop(): Promise<void>
  /** The `username` that `getMe` gives. */
  username(): Promise<string | undefined>
  setWebhook(url: string, secretToken: string, kinds: readonly string[]): Promise<unknown>
  deleteWebhook(): Promise<unknown>
  /** The `url` that `getWebhookInfo` gives. */
  webhookUrl(): Promise<string | undefined>
}

/** A library, and the bot of `script.ts` written with it. */
export interface Library {
  readonly name: string
  bot(settings: BotSettings): InteropBot
}
