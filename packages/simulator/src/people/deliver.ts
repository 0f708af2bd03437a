import { JsonText } from "../api/json-text.ts"
import type { Bot } from "../bot.ts"
import { unixTime } from "../clock/clock.ts"
import { kindNames } from "../updates/kinds.ts"
import { stringify } from "../updates/stringify.ts"
import { moveDates } from "./move-dates.ts"
import { register } from "./register.ts"

/** How a recorded update comes in. */
export interface DeliverOptions {
  /**
   * Leaves the dates in it as they are. Otherwise all of them move by as much as makes the event happen now, because
   * Telegram has no updates of events older than 24 hours (facts, 7.4). Default: false.
   */
  keepDates?: boolean
}

/**
 * Has a recorded update come in. People, chats and messages in it become part of the simulator, so that the bot can answer
 * them. It gets an `update_id` of its own.
 *
 * @param update an object, or its JSON, whose bytes are delivered as they are, but for the dates
 * @returns the `update_id`, or `undefined` if the bot does not want updates of its kind, or this one is too large or too old
 * @throws a `TypeError` if it is no update
 */
export function deliver(
  bot: Bot,
  update: object | string | Uint8Array,
  { keepDates = false }: DeliverOptions = {},
): number | undefined {
  const [kind, source] = contentOf(asBytes(update))
  const text = keepDates ? source : moveDates(source, unixTime(bot.world.clock))
  register(bot, kind, JSON.parse(Buffer.from(text, "latin1").toString()) as object)
  return bot.emit(kind, text)
}

/** JSON, one byte per character. */
function asBytes(update: object | string | Uint8Array): string {
  if (update instanceof Uint8Array) return Buffer.from(update).toString("latin1")
  return Buffer.from(typeof update === "string" ? update : stringify(update)).toString("latin1")
}

/** The kind of an update, and the JSON source of its content. */
function contentOf(text: string): [kind: string, source: string] {
  const json = new JsonText(text)
  const objects = new Map<string, string>()
  json.skipSpace()
  json.skip("{")
  do {
    json.skipSpace()
    const name = json.string() ?? ""
    json.skipSpace()
    json.skip(":")
    json.skipSpace()
    const isObject = json.isNext("{")
    const source = json.isNext('"') ? json.string() : json.source()
    if (isObject && source !== undefined) objects.set(name, source)
    json.skipSpace()
  } while (json.skip(","))
  const kind = kindNames.find((name) => objects.has(name)) ?? objects.keys().next().value
  if (kind === undefined) throw new TypeError('A recorded update has a field such as "message" with an object in it.')
  return [kind, objects.get(kind) ?? ""]
}
