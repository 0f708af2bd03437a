import { type Clock, unixTime } from "../clock/clock.ts"

/** The fields of an update's content that this file looks at. */
interface Content {
  id?: string
  poll_id?: string
  chat?: Content & { id: number }
  from?: { id: number }
  user?: { id: number }
  new_chat_member?: { user: { id: number } }
  boost?: Content
  date?: number
  edit_date?: number
  add_date?: number
  remove_date?: number
  timeout?: number
}

/** What the server does with updates of a kind: a row of the tables in the facts' sections 2.2, 3.4 and 9. */
interface Kind {
  /** Left out of the default set. */
  readonly optIn?: true
  /** What the delivery queue's key begins from: the id of the chat, user or poll. */
  readonly base: (content: Content) => number | string | undefined
  /** K: the key is base + K × 2^33. */
  readonly space: number
  /** Seconds. */
  readonly lifetime: number | ((content: Content) => number)
  /** Unix time in seconds that the lifetime counts from, if not from the update's creation. */
  readonly since?: (content: Content) => number | undefined
}

const DAY = 86_400
const chat = (content: Content) => content.chat?.id
const from = (content: Content) => content.from?.id
const user = (content: Content) => content.user?.id
const date = (content: Content) => content.date
// Those of Telegram are numbers; a poll that was made up may have any.
const poll = (id = "") => (/^-?\d+$/.test(id) ? id : 0)

const message: Kind = { base: chat, space: 0, lifetime: DAY, since: (content) => content.edit_date ?? content.date }
const businessMessage: Kind = { ...message, space: 11 }
const boost: Kind = { base: chat, space: 7, lifetime: DAY, since: (content) => content.boost?.add_date }

/** In the order of the facts' section 9, which is also that of `getWebhookInfo.allowed_updates`. */
const table: Record<string, Kind> = {
  message,
  edited_message: message,
  channel_post: message,
  edited_channel_post: message,
  inline_query: { base: from, space: 1, lifetime: 30 },
  chosen_inline_result: { base: from, space: 2, lifetime: 600 },
  callback_query: { base: from, space: 3, lifetime: 150 },
  custom_event: { base: () => 0, space: 0, lifetime: 600 },
  custom_query: { base: () => 0, space: 0, lifetime: ({ timeout = 0 }) => (timeout > 0 ? timeout : DAY) },
  shipping_query: { base: from, space: 4, lifetime: 150 },
  pre_checkout_query: { base: from, space: 4, lifetime: 150 },
  poll: { base: ({ id }) => poll(id), space: 0, lifetime: DAY },
  poll_answer: { base: (content) => poll(content.poll_id), space: 0, lifetime: DAY },
  my_chat_member: { base: chat, space: 5, lifetime: DAY, since: date },
  chat_member: {
    optIn: true,
    base: (content) => content.new_chat_member?.user.id,
    space: 6,
    lifetime: DAY,
    since: date,
  },
  chat_join_request: { base: from, space: 6, lifetime: DAY, since: date },
  chat_boost: boost,
  removed_chat_boost: { ...boost, since: (content) => content.remove_date },
  message_reaction: { optIn: true, base: chat, space: 8, lifetime: DAY, since: date },
  message_reaction_count: { optIn: true, base: chat, space: 9, lifetime: DAY, since: date },
  business_connection: { base: user, space: 10, lifetime: DAY },
  business_message: businessMessage,
  edited_business_message: businessMessage,
  deleted_business_messages: { base: chat, space: 11, lifetime: DAY },
  purchased_paid_media: { base: from, space: 12, lifetime: DAY },
  managed_bot: { base: user, space: 13, lifetime: DAY },
  guest_message: { ...message, space: 12 },
  // Documented since, but not in the server's source that the facts were read from: key and lifetime are a guess.
  subscription: { base: user, space: 14, lifetime: DAY },
  stopped_message_generation: { base: chat, space: 15, lifetime: DAY },
}

const kinds: ReadonlyMap<string, Kind> = new Map(Object.entries(table))

/** What is done with a kind newer than this table: a queue for each update, kept for a day. */
const unknownKind: Kind = { base: () => 0, space: 0, lifetime: DAY }

/** The names of all kinds the server knows, in its order. */
export const kindNames: readonly string[] = [...kinds.keys()]

/** The default set: all but the three that must be asked for (facts, 5.5). */
export const allowedByDefault: ReadonlySet<string> = new Set(kindNames.filter((name) => !kinds.get(name)?.optIn))

/** Whether updates of a kind are created: the default set has every kind that is newer than this table (facts, 9). */
export function isWanted(kind: string, allowed: ReadonlySet<string>): boolean {
  return allowed.has(kind) || (allowed === allowedByDefault && !kinds.has(kind))
}

/**
 * The key of the delivery queue: updates of equal keys share a queue (facts, 2.2). 0 stands for a queue of its own. A
 * `bigint` where the number is beyond what a `number` holds, as a poll's id is.
 */
export function queueKey(kind: string, content: unknown): number | bigint {
  const { base, space } = kinds.get(kind) ?? unknownKind
  const key = BigInt.asIntN(64, BigInt(base(asContent(content)) ?? 0) + BigInt(space) * 2n ** 33n)
  const number = Number(key)
  return Number.isSafeInteger(number) ? number : key
}

/** When an update ends to be worth delivering, in Unix seconds (facts, 3.4). */
export function lifetimeEnd(kind: string, content: unknown, clock: Clock): number {
  const { lifetime, since } = kinds.get(kind) ?? unknownKind
  const seconds = typeof lifetime === "number" ? lifetime : lifetime(asContent(content))
  return (since?.(asContent(content)) ?? unixTime(clock)) + seconds
}

function asContent(content: unknown): Content {
  return typeof content === "object" && content !== null ? content : {}
}
