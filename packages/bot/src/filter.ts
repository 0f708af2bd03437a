import { HookgramError, type UpdateKind } from "@hookgram/core"
import type { Found } from "./context.ts"
import type { MessageKind } from "./events.ts"

interface Texts {
  readonly text?: string
  readonly caption?: string
  readonly data?: string
  readonly query?: string
  readonly invoice_payload?: string
  readonly paid_media_payload?: string
}

/** Kinds in which a command may be. */
export type CommandKind = MessageKind | "guest_message"

/** Kinds that have a text to look at. */
export type TextKind =
  | CommandKind
  | "callback_query"
  | "inline_query"
  | "chosen_inline_result"
  | "shipping_query"
  | "pre_checkout_query"
  | "purchased_paid_media"

type TextOf = (event: Texts) => string | undefined

const message: TextOf = ({ text, caption }) => text ?? caption
const query: TextOf = (event) => event.query
const invoice: TextOf = (event) => event.invoice_payload

/** What a regular expression looks at, by kind. */
const texts: Readonly<Record<TextKind, TextOf>> = {
  message,
  edited_message: message,
  channel_post: message,
  edited_channel_post: message,
  business_message: message,
  edited_business_message: message,
  guest_message: message,
  callback_query: ({ data }) => data,
  inline_query: query,
  chosen_inline_result: query,
  shipping_query: invoice,
  pre_checkout_query: invoice,
  purchased_paid_media: ({ paid_media_payload }) => paid_media_payload,
}

/** A command such as `/start`; a regular expression for the text, caption or data; or a question about the event. */
export type Filter = `/${string}` | RegExp | ((event: never) => boolean)

/** Whether an event passes, and what was found. */
export type Check = (event: never) => Found | undefined | Promise<Found | undefined>

const found: Found = {}

/**
 * @param username the bot's own name
 * @throws HookgramError `invalid_options` when a kind has nothing that such a filter could look at
 */
export function checkOf(kind: UpdateKind, filter: Filter, username: () => Promise<string> | string): Check {
  if (typeof filter === "function") return (event) => (filter(event) ? found : undefined)
  const textOf = (texts as Partial<Record<UpdateKind, TextOf>>)[kind]
  if (filter instanceof RegExp && textOf) return matchOf(filter, textOf)
  if (typeof filter === "string" && textOf === message) {
    if (!/^\/\w{1,32}$/.test(filter)) {
      throw new HookgramError("invalid_options", `A command is / and 1 to 32 of A-Z a-z 0-9 _, which ${filter} is not.`)
    }
    return commandOf(filter, username)
  }
  const what = filter instanceof RegExp ? "text for a regular expression" : "commands, only messages have"
  throw new HookgramError("invalid_options", `${kind} has no ${what}: filter it by a function.`)
}

function matchOf(pattern: RegExp, textOf: TextOf): Check {
  // A copy, since one that is global or sticky would go on where it ended at another event.
  const fresh = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""))
  return (event) => {
    const text = textOf(event)
    const match = text === undefined ? null : fresh.exec(text)
    return match ? { match } : undefined
  }
}

/** `/start`, `/start@this_bot` and each with arguments. */
function commandOf(command: string, username: () => Promise<string> | string): Check {
  return (event) => {
    const [, name, bot, args = ""] = /^(\/\w+)(?:@(\w+))?(?:\s+(.*))?$/s.exec(message(event) ?? "") ?? []
    if (name !== command) return undefined
    return bot === undefined ? { args } : addressed(bot, args, username)
  }
}

async function addressed(
  bot: string,
  args: string,
  username: () => Promise<string> | string,
): Promise<Found | undefined> {
  return bot.toLowerCase() === (await username()).toLowerCase() ? { args } : undefined
}
