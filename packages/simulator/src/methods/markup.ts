import type { ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from "@grammyjs/types"
import type { Call } from "../api/method.ts"
import type { Chat } from "../chats/chat.ts"
import { type ReplyMarkup, replyMarkup } from "../text/reply-markup.ts"
import { json } from "./json.ts"

/** The `reply_markup` of a call: an inline keyboard, or something else that is not part of the message. */
export interface Markup {
  inline?: InlineKeyboardMarkup
  keyboard?: ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
}

/** The markup once the chat is known that it is sent to: not every button can be in every chat. */
export function markupIn(chat: Chat, { inline, keyboard }: Markup): Markup {
  const markup = inline ?? keyboard
  return markup ? split(replyMarkup(markup, chat.type)) : {}
}

export function markupOf(call: Call): Markup {
  if (call.parameters.text("reply_markup") === "") return {}
  return split(replyMarkup(json(call, "reply_markup", "reply keyboard markup JSON object")))
}

function split(markup: ReplyMarkup | undefined): Markup {
  if (!markup) return {}
  if (!("inline_keyboard" in markup)) return { keyboard: markup }
  return markup.inline_keyboard.length > 0 ? { inline: markup } : {}
}
