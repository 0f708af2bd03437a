import type { CallbackQuery, Message } from "@grammyjs/types"
import type { Update, UpdateKind } from "@hookgram/core"
import { writerOf } from "./ask.ts"
import { type BotCallback, botCallback } from "./callback.ts"
import { type BotMessage, botMessage, type Scope } from "./message.ts"

/** Kinds whose event is a message in a chat that the bot may write to. */
export type MessageKind =
  | "message"
  | "edited_message"
  | "channel_post"
  | "edited_channel_post"
  | "business_message"
  | "edited_business_message"

/** What a handler of a kind gets: Telegram's object, and for messages and callback queries something to do with it. */
export type BotEvent<Kind extends UpdateKind> = Kind extends MessageKind
  ? BotMessage<NonNullable<Update[Kind]>>
  : Kind extends "callback_query"
    ? BotCallback
    : NonNullable<Update[Kind]>

type Wrap = (payload: never, scope: Scope) => object

const message = (payload: Message, scope: Scope): BotMessage => botMessage(payload, writerOf(payload), scope)

const wraps: Readonly<Record<string, Wrap>> = {
  message,
  edited_message: message,
  channel_post: message,
  edited_channel_post: message,
  business_message: message,
  edited_business_message: message,
  callback_query: (payload: CallbackQuery, scope) => botCallback(payload, scope),
} satisfies Readonly<Record<MessageKind | "callback_query", Wrap>>

/** The event of an update, as its handlers get it. The update itself stays as it is. */
export function eventOf(kind: UpdateKind, update: Update, scope: Scope): unknown {
  const payload: unknown = update[kind]
  return wraps[kind]?.(payload as never, scope) ?? payload
}
