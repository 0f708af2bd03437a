import type { Fields } from "./fields.ts"
import { checkLink, linkedUser } from "./link.ts"
import { Malformed, within } from "./refusal.ts"

/** What a button of either kind of keyboard has beside its type. */
export interface Look {
  text: string
  icon_custom_emoji_id?: string
  style?: "danger" | "success" | "primary"
}

export function look(fields: Fields): Look {
  const text = fields.requiredString("text")
  const icon = fields.has("icon_custom_emoji_id") ? fields.identifier("icon_custom_emoji_id") : "0"
  const style = fields.string("style").toLowerCase()
  const isDefault = style === "" || style === "default"
  if (!isDefault && style !== "danger" && style !== "success" && style !== "primary") {
    throw new Malformed("invalid button style specified")
  }
  return { text, ...(icon !== "0" && { icon_custom_emoji_id: icon }), ...(!isDefault && { style }) }
}

/**
 * The address of a Web App or of a login, which begins with `https://`.
 *
 * @param name what Telegram's error begins with
 */
export function checkPage(url: string, kind: "Web App" | "login", name: string): string {
  if (linkedUser(url) !== undefined) throw new Malformed(`Link to a user can't be used in ${kind} URL buttons`)
  return within(`${name} URL '${url}' is invalid: `, () => checkLink(url, { httpOnly: true, httpsOnly: true }))
}
