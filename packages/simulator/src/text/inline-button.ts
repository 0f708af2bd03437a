import type { Chat, InlineKeyboardButton } from "@grammyjs/types"
import { type Look, checkPage, look } from "./button.ts"
import { Fields, isObject } from "./fields.ts"
import { checkLink, linkedUser } from "./link.ts"
import { Malformed, within } from "./refusal.ts"

/** A button that was read: `login_url` is the address alone, as in messages it becomes an ordinary link. */
export type InlineButton = Look & Partial<Record<Action, unknown>>

type Action =
  | "url"
  | "callback_data"
  | "callback_game"
  | "pay"
  | "switch_inline_query"
  | "switch_inline_query_chosen_chat"
  | "switch_inline_query_current_chat"
  | "login_url"
  | "web_app"
  | "copy_text"
  | "disabled"

const text = (fields: Fields, name: string): unknown => fields.requiredString(name)

/** The types of buttons, in the order in which Telegram looks for them; the first two do not count if empty. */
const types: readonly { name: Action; read: (fields: Fields, name: string) => unknown; optional?: true }[] = [
  { name: "url", read: text, optional: true },
  { name: "callback_data", read: text, optional: true },
  { name: "callback_game", read: () => ({}) },
  { name: "pay", read: () => true },
  { name: "switch_inline_query", read: text },
  { name: "switch_inline_query_chosen_chat", read: chosenChat },
  { name: "switch_inline_query_current_chat", read: text },
  { name: "login_url", read: (fields: Fields) => loginPage(fields.object("login_url")) },
  { name: "web_app", read: (fields: Fields) => ({ url: fields.object("web_app").requiredString("url") }) },
  { name: "copy_text", read: (fields: Fields) => ({ text: fields.object("copy_text").requiredString("text") }) },
  { name: "disabled", read: () => ({}) },
]

/**
 * Reads a button of an inline keyboard.
 *
 * @throws Malformed in Telegram's words
 */
export function inlineButton(value: unknown): InlineButton {
  const fields = Fields.of(value, "InlineKeyboardButton must be an Object")
  const appearance = look(fields)
  const type = types.find((one) => (one.optional ? fields.string(one.name) !== "" : fields.has(one.name)))
  if (!type) throw new Malformed("Text buttons are unallowed in the inline keyboard")
  return { ...appearance, [type.name]: type.read(fields, type.name) }
}

/**
 * Checks what the button does, and that it can do so in a chat of this type.
 *
 * @returns the button as a message has it
 */
export function checkInlineButton(button: InlineButton, chat: Chat["type"] | undefined): InlineKeyboardButton {
  const { text: label, icon_custom_emoji_id, style, ...action } = button
  const appearance = { text: label, ...(icon_custom_emoji_id && { icon_custom_emoji_id }), ...(style && { style }) }
  if (label === "") throw new Malformed("Inline keyboard button text must be non-empty")
  return { ...appearance, ...checkAction(action, chat) } as InlineKeyboardButton
}

function checkAction(
  action: Omit<InlineButton, keyof Look>,
  chat: Chat["type"] | undefined,
): Partial<Record<string, unknown>> {
  if (typeof action.url === "string") return { url: checkedUrl(action.url) }
  if (typeof action.callback_data === "string" && Buffer.byteLength(action.callback_data) > 64) {
    throw new Malformed("BUTTON_DATA_INVALID")
  }
  if (typeof action.login_url === "string") {
    return { url: checkPage(action.login_url, "login", "Inline keyboard button login") }
  }
  if (isObject(action.web_app)) {
    const url = checkPage(String(action.web_app.url), "Web App", "Inline keyboard button Web App")
    if (chat !== undefined && chat !== "private") throw new Malformed("BUTTON_TYPE_INVALID")
    return { web_app: { url } }
  }
  if (isObject(action.copy_text)) {
    const { length } = String(action.copy_text.text)
    if (length === 0 || length > 256) throw new Malformed("BUTTON_COPY_TEXT_INVALID")
  }
  if (chat === "channel") checkChannelAction(action)
  return action
}

function checkedUrl(url: string): string {
  const user = linkedUser(url)
  if (user !== undefined) return `tg://user?id=${user}`
  return within(`Inline keyboard button URL '${url}' is invalid: `, () => checkLink(url))
}

function checkChannelAction(action: object): void {
  const isCurrent = "switch_inline_query_current_chat" in action
  if (!isCurrent && !("switch_inline_query" in action) && !("switch_inline_query_chosen_chat" in action)) return
  const name = isCurrent ? "switch_inline_query_current_chat" : "switch_inline_query"
  throw new Malformed(
    `Can't use ${name} button in a channel chat, because users will not be able to use the button without knowing bot's username`,
  )
}

function chosenChat(fields: Fields): unknown {
  const chosen = fields.object("switch_inline_query_chosen_chat")
  const names = ["allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats"]
  const allowed = names.map((name) => [name, chosen.boolean(name)] as const)
  return { query: chosen.string("query"), ...Object.fromEntries(allowed) }
}

function loginPage(fields: Fields): string {
  const url = fields.requiredString("url")
  const username = fields.string("bot_username")
  if (username !== "" && !/^@?\w+$/.test(username)) throw new Malformed("LoginUrl bot username is invalid")
  return url
}
