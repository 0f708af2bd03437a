import type { Entity } from "./entity.ts"
import { queryValue } from "./link.ts"
import { Malformed } from "./refusal.ts"

/** The letters of a format in the order in which Telegram gives them back, one of each group. */
const groups = [/[wW]/, /[dD]/, /[tT]/]

/**
 * A date's format in Telegram's order, such as `wDT`.
 *
 * @throws Malformed if a letter is unknown
 */
export function dateTimeFormat(format: string, problem = "Invalid date format used"): string {
  if (/^r$/i.test(format)) return "r"
  if (/[^wdt]/i.test(format)) throw new Malformed(problem)
  const [day = "", date = "", time = ""] = groups.map((letter) => letter.exec(format)?.[0])
  return day.toLowerCase() + date + time
}

/** What `tg://emoji?id=…` or `tg://time?unix=…` makes of a text. */
export function emojiOrTime(url: string): Partial<Entity> & Pick<Entity, "type"> {
  const [, host, query = ""] = /^tg:(?:\/\/)?(emoji|time)\/?\?([^#]*)/i.exec(url) ?? []
  const problem = new Malformed("Invalid tg://emoji or tg://time URL specified")
  if (host?.toLowerCase() === "emoji") {
    const id = queryValue(query, "id") ?? ""
    if (!isIdentifier(id)) throw problem
    return { type: "custom_emoji", custom_emoji_id: id }
  }
  const seconds = Number(/^\d{1,10}$/.exec(queryValue(query, "unix") ?? "")?.[0] ?? 0)
  const format = queryValue(query, "format") ?? ""
  if (host === undefined || seconds <= 0 || seconds >= 2 ** 31 || /[^wdt]/i.test(format.replace(/^r$/i, "")))
    throw problem
  return { type: "date_time", unix_time: seconds, date_time_format: dateTimeFormat(format) }
}

/** Whether a text is a 64-bit number other than 0. */
export function isIdentifier(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && Number(text) !== 0
}
