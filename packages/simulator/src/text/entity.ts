import type { MessageEntity, User } from "@grammyjs/types"

/** An entity while a text is parsed: all that any of them has, and of a mentioned user the id alone. */
export interface Entity {
  type: MessageEntity["type"]
  /** UTF-16 code units, as `length`. */
  offset: number
  length: number
  language?: string
  url?: string
  user?: { id: number }
  custom_emoji_id?: string
  unix_time?: number
  date_time_format?: string
}

/** What a parser makes of a text. */
export interface Parsed {
  text: string
  entities: Entity[]
}

export const endOf = ({ offset, length }: Entity): number => offset + length

/** Which of two entities of the same place comes first; those that are not listed come in between. */
const order = ["expandable_blockquote", "blockquote", "pre", "code", "date_time", "text_link", "text_mention"]
const orderLate = ["bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"]

/** As Telegram orders them: by beginning, the longer first, then by type. */
export function sorted(entities: readonly Entity[]): Entity[] {
  return entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b))
}

function rank({ type }: Entity): number {
  const early = order.indexOf(type)
  return early < 0 ? orderLate.indexOf(type) + order.length + 1 : early
}

/** The entities as a message has them. A mention of somebody whom Telegram does not know is none. */
export function published(entities: readonly Entity[], users: ReadonlyMap<number, User>): MessageEntity[] {
  return entities.flatMap((entity) => {
    const user = entity.user && users.get(entity.user.id)
    if (entity.type === "text_mention" && !user) return []
    return [{ ...entity, ...(user && { user }) } as MessageEntity]
  })
}
