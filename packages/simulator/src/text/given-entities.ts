import { dateTimeFormat } from "./date-time.ts"
import type { Entity } from "./entity.ts"
import { Fields } from "./fields.ts"
import { checkLink, linkedUser } from "./link.ts"
import { Malformed, within } from "./refusal.ts"

const simple: ReadonlySet<string> = new Set(
  "bold italic underline strikethrough spoiler code blockquote expandable_blockquote".split(" "),
)
/** What Telegram finds by itself and does not take from a bot. */
const found: ReadonlySet<string> = new Set(
  "mention hashtag cashtag bot_command url email phone_number bank_card_number".split(" "),
)

/**
 * The `entities` of a call. What is no array is none.
 *
 * @throws Malformed with Telegram's words
 */
export function givenEntities(value: unknown): Entity[] {
  const given = Array.isArray(value) ? (value as unknown[]) : []
  const read = given.flatMap((one) => within("Can't parse MessageEntity: ", () => readEntity(one)))
  return read.map(checked)
}

function readEntity(value: unknown): Entity[] {
  const fields = Fields.of(value, "expected an Object")
  const place = { offset: fields.integer("offset"), length: fields.integer("length") }
  const type = fields.requiredString("type")
  if (type === "") throw new Malformed("Type is not specified")
  if (found.has(type)) return []
  return [{ type: type as Entity["type"], ...place, ...traitsOf(type, fields) }]
}

function traitsOf(type: string, fields: Fields): Partial<Entity> {
  if (simple.has(type)) return {}
  const read = Object.hasOwn(traits, type) ? traits[type] : undefined
  if (!read) throw new Malformed("Unsupported type specified")
  return read(fields)
}

const traits: Readonly<Record<string, (fields: Fields) => Partial<Entity>>> = {
  pre: (fields) => (fields.string("language") === "" ? {} : { language: fields.string("language") }),
  text_link: (fields) => ({ url: fields.requiredString("url") }),
  text_mention: (fields) => ({ user: { id: fields.object("user").integer("id") } }),
  custom_emoji: (fields) => ({ custom_emoji_id: fields.identifier("custom_emoji_id") }),
  date_time: (fields) => ({
    unix_time: fields.integer("unix_time"),
    date_time_format: dateTimeFormat(fields.string("date_time_format"), "Invalid date-time format specified"),
  }),
}

/** What is checked only when all are read. */
function checked(entity: Entity): Entity {
  const { type, offset, length, url = "" } = entity
  if (type === "custom_emoji" && entity.custom_emoji_id === "0") {
    throw new Malformed("Invalid custom emoji identifier specified")
  }
  if (type === "date_time" && (entity.unix_time ?? 0) <= 0) throw new Malformed("Invalid date specified")
  if (type !== "text_link") return entity
  const user = linkedUser(url)
  if (user !== undefined) return { type: "text_mention", offset, length, user: { id: user } }
  return { ...entity, url: within(`Entity URL '${url}' is invalid: `, () => checkLink(url)) }
}
