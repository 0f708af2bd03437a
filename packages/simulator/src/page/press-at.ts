import type { InlineKeyboardButton, KeyboardButton } from "@grammyjs/types"
import type { Participant } from "../people/participant.ts"
import { pressButton } from "../people/press.ts"
import type { Fields } from "./fields.ts"
import { PageError } from "./respond.ts"

/**
 * Presses the button in a row and column of a message's buttons, or of the keyboard that came with it. A button that pays
 * does so.
 *
 * @returns the id of the callback query, if there is one, by which the page knows the answer to it
 */
export async function pressAt(here: Participant, fields: Fields): Promise<{ query?: string }> {
  const post = here.post(fields.integer("message_id"))
  const [row, column] = [fields.integer("row"), fields.integer("column")]
  const below = post.keyboard && "keyboard" in post.keyboard ? post.keyboard.keyboard : undefined
  const rows: readonly (readonly (InlineKeyboardButton | KeyboardButton)[])[] | undefined =
    post.message.reply_markup?.inline_keyboard ?? below
  const found = rows?.[row]?.[column]
  if (found === undefined) throw new PageError(404, "There is no such button any more.")
  const button = typeof found === "string" ? { text: found } : found
  if ("pay" in button) return (await here.pay(post.id)) && {}
  const press = pressButton(here.place, { button, inline: post.message.reply_markup !== undefined, post })
  return press.callbackQuery ? { query: press.callbackQuery.id } : {}
}
