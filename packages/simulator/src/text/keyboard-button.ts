import type { Chat, KeyboardButton } from "@grammyjs/types"
import { checkPage, look } from "./button.ts"
import { Fields } from "./fields.ts"
import { Malformed } from "./refusal.ts"

/** What a button asks a person for, in the order in which Telegram looks for it, and what it calls that in errors. */
const requests: readonly { name: string; what: string; read: (fields: Fields) => unknown; former?: string }[] = [
  { name: "request_contact", what: "Phone number can be requested", read: () => true, former: "request_phone_number" },
  { name: "request_location", what: "Location can be requested", read: () => true },
  { name: "request_poll", what: "Poll can be requested", read: pollType },
  { name: "web_app", what: "Web App buttons can be used", read: (fields) => ({ url: fields.requiredString("url") }) },
  { name: "request_users", what: "Users can be requested", read: requestedUsers, former: "request_user" },
  { name: "request_chat", what: "Chats can be requested", read: requestedChat },
  { name: "request_managed_bot", what: "Managed bots can be requested", read: managedBot },
]

/**
 * Reads a button of a reply keyboard: an object, or the label alone.
 *
 * @throws Malformed in Telegram's words
 */
export function keyboardButton(value: unknown): Exclude<KeyboardButton, string> {
  if (typeof value === "string") return { text: value }
  const fields = Fields.of(value, "KeyboardButton must be a String or an Object")
  return { ...look(fields), ...request(fields) }
}

/** Checks that the button can be in a chat of this type. */
export function checkKeyboardButton<T extends Exclude<KeyboardButton, string>>(
  button: T,
  chat: Chat["type"] | undefined,
): T {
  if (button.text === "") throw new Malformed("Keyboard button text must be non-empty")
  const found = requests.find(({ name }) => name in button)
  if (found && chat !== undefined && chat !== "private") throw new Malformed(`${found.what} in private chats only`)
  if ("web_app" in button) checkPage(button.web_app.url, "Web App", "Keyboard button Web App")
  return button
}

function request(fields: Fields): object {
  for (const { name, read, former = name } of requests) {
    const given = [name, former].find((one) => fields.has(one))
    if (given === undefined) continue
    // What is asked for by a flag may be told to be not asked for.
    if (read.length > 0) return { [name]: read(fields.object(given)) }
    if ([name, former].some((one) => fields.boolean(one))) return { [name]: true }
  }
  return {}
}

function pollType(fields: Fields): object {
  const type = fields.string("type")
  return type === "quiz" || type === "regular" ? { type } : {}
}

function requestedUsers(fields: Fields): object {
  return {
    request_id: fields.integer("request_id"),
    ...flags(fields, ["user_is_bot", "user_is_premium", "request_name", "request_username", "request_photo"]),
    ...(fields.has("max_quantity") && { max_quantity: fields.integer("max_quantity") }),
  }
}

function requestedChat(fields: Fields): object {
  if (!fields.has("chat_is_channel")) throw new Malformed(`Can't find field "chat_is_channel"`)
  return {
    request_id: fields.integer("request_id"),
    ...flags(fields, ["chat_is_channel", "chat_is_forum", "chat_has_username", "chat_is_created", "bot_is_member"]),
    ...flags(fields, ["request_title", "request_username", "request_photo"]),
    ...fields.pick(["user_administrator_rights", "bot_administrator_rights"]),
  }
}

function managedBot(fields: Fields): object {
  const names = ["suggested_name", "suggested_username"].filter((name) => fields.has(name))
  const suggested = Object.fromEntries(names.map((name) => [name, fields.string(name)]))
  return { request_id: fields.integer("request_id"), ...suggested }
}

function flags(fields: Fields, names: readonly string[]): object {
  return Object.fromEntries(names.filter((name) => fields.has(name)).map((name) => [name, fields.boolean(name)]))
}
