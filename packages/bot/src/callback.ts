import type { CallbackQuery } from "@grammyjs/types"
import type { Api } from "@hookgram/api"
import { writerOf } from "./ask.ts"
import { type BotMessage, botMessage, type Scope } from "./message.ts"

/** Telegram's callback query with something to do. */
export type BotCallback = Omit<CallbackQuery, "message"> & {
  /** The message with the button. A question asked here is for the person who pressed it; in a channel, for whoever posts. */
  readonly message?: BotMessage
  /** Ends the wait that the button shows, with or without a text to show to the person. */
  answer(text?: string | Omit<Parameters<Api["answerCallbackQuery"]>[0], "callback_query_id">): Promise<true>
}

class IncomingCallback {
  readonly #id: string
  readonly #scope: Scope

  constructor(query: CallbackQuery, scope: Scope) {
    Object.assign(this, query)
    this.#id = query.id
    this.#scope = scope
    const { message, from } = query
    if (message) Object.assign(this, { message: botMessage(message, writerOf({ chat: message.chat, from }), scope) })
  }

  answer(text: Parameters<BotCallback["answer"]>[0] = {}): Promise<true> {
    const parameters = typeof text === "string" ? { text } : text
    return this.#scope.context.api.answerCallbackQuery({ callback_query_id: this.#id, ...parameters })
  }
}

export function botCallback(query: CallbackQuery, scope: Scope): BotCallback {
  return new IncomingCallback(query, scope) as unknown as BotCallback
}
