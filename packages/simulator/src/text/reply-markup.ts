import type {
  Chat,
  ForceReply,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  KeyboardButton,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from "@grammyjs/types"
import { Fields } from "./fields.ts"
import { checkInlineButton, inlineButton } from "./inline-button.ts"
import { checkKeyboardButton, keyboardButton } from "./keyboard-button.ts"
import { Malformed, readOrRefuse, refusal, within } from "./refusal.ts"

export type ReplyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply

/** How many buttons Telegram takes; it leaves out those beyond. */
const ROW = 12
const KEYBOARD = 300

/**
 * The value of a parameter `reply_markup` as Telegram keeps it: an inline keyboard, or what stands in the place of the
 * keyboard.
 *
 * @param chat the type of the chat that it is sent to, once that is known: not every button can be in every chat
 * @returns nothing if nothing is left of it
 * @throws ApiError in Telegram's words
 */
export function replyMarkup(value: unknown, chat?: Chat["type"]): ReplyMarkup | undefined {
  const markup = readOrRefuse(() => readMarkup(value, chat))
  if (markup && chat === "channel" && !("inline_keyboard" in markup)) throw refusal("Inline keyboard expected")
  return markup
}

function readMarkup(value: unknown, chat: Chat["type"] | undefined): ReplyMarkup | undefined {
  const fields = Fields.of(value, "Object expected as reply markup")
  const rows = readRows(fields, keyboards.reply, (button) => keyboardButton(button))
  const inlineRows = readRows(fields, keyboards.inline, (button) => inlineButton(button))
  const any = (...names: string[]) => names.map((name) => fields.boolean(name)).includes(true)
  const remove = any("hide_keyboard", "remove_keyboard")
  const selective = any("personal_keyboard", "selective") && chat !== "private" && { selective: true }
  const forceReply = any("force_reply_keyboard", "force_reply")
  const placeholder = fields.string("input_field_placeholder")
  const input_field_placeholder = placeholder !== "" && { input_field_placeholder: placeholder }
  const replying = forceReply && { force_reply: true }

  if (rows.length > 0) {
    const chosen = ["resize_keyboard", "one_time_keyboard", "is_persistent"].filter((name) => any(name))
    const keyboard: KeyboardButton[][] = limited(rows, (button) => checkKeyboardButton(button, chat))
    if (keyboard.length === 0) return undefined
    return {
      keyboard,
      ...Object.fromEntries(chosen.map((name) => [name, true])),
      ...input_field_placeholder,
      ...selective,
      ...replying,
    }
  }
  if (inlineRows.length > 0) {
    const inline_keyboard: InlineKeyboardButton[][] = limited(inlineRows, (button) => checkInlineButton(button, chat))
    return inline_keyboard.length > 0 ? { inline_keyboard, ...replying } : undefined
  }
  if (remove) return { remove_keyboard: true, ...selective }
  if (forceReply) return { force_reply: true, ...input_field_placeholder, ...selective }
  return undefined
}

/** What the two kinds of keyboards are called in errors. */
const keyboards = {
  reply: { name: "keyboard", of: "", button: "keyboard button" },
  inline: { name: "inline_keyboard", of: " of the InlineKeyboardMarkup", button: "inline keyboard button" },
} as const

function readRows<T>(
  fields: Fields,
  { name, of, button }: (typeof keyboards)[keyof typeof keyboards],
  read: (button: unknown) => T,
): T[][] {
  return fields.array(name).map((row) => {
    if (!Array.isArray(row)) throw new Malformed(`Field "${name}"${of} must be an Array of Arrays`)
    return row.map((one: unknown) => within(`Can't parse ${button}: `, () => read(one)))
  })
}

/** The rows without what is beyond the limits, without buttons that have no text, and without empty rows. */
function limited<T extends { text: string; icon_custom_emoji_id?: string }, U>(
  rows: readonly (readonly T[])[],
  check: (button: T) => U,
): U[][] {
  let left = KEYBOARD
  const kept = rows.map((row) => {
    const visible = row.filter((button) => button.text !== "" || button.icon_custom_emoji_id !== undefined)
    const taken = visible.slice(0, Math.min(ROW, left)).map(check)
    left -= taken.length
    return taken
  })
  return kept.filter((row) => row.length > 0)
}
