import type { Update as KnownUpdate } from "@grammyjs/types"

/** The name of the one field beside `update_id`: what happened. */
export type UpdateKind = Exclude<keyof KnownUpdate, "update_id">

/**
 * One update as Telegram sends it. A kind newer than these types passes through untouched: look at it with {@link kindOf}.
 * See https://core.telegram.org/bots/api#update.
 */
export type Update = KnownUpdate

const DAY = 86_400

/** The fields this file looks at. Nothing is certain: the envelope is validated, its contents are Telegram's. */
interface Payload {
  id?: unknown
  chat?: Payload | null
  from?: Payload | null
  user?: Payload | null
  message?: Payload | null
  boost?: Payload | null
  source?: Payload | null
  voter_chat?: Payload | null
  actor_chat?: Payload | null
  sender_chat?: Payload | null
  user_chat_id?: unknown
  date?: unknown
  edit_date?: unknown
  add_date?: unknown
  remove_date?: unknown
}

/** One row of the facts' section 9, with the lifetime and its start from section 3.4. */
interface Traits {
  chat?: (payload: Payload) => unknown
  user?: (payload: Payload) => unknown
  /** Seconds that Telegram keeps the update. */
  lifetime?: number
  /** Unix time in seconds from which the lifetime counts; without it, from a creation time that we cannot see. */
  date?: (payload: Payload) => unknown
}

const chat = (payload: Payload): unknown => payload.chat?.id
const from = (payload: Payload): unknown => payload.from?.id
const user = (payload: Payload): unknown => payload.user?.id
const date = (payload: Payload): unknown => payload.date

const message: Traits = { chat, user: from, lifetime: DAY, date: (payload) => payload.edit_date ?? payload.date }
const member: Traits = { chat, user: from, lifetime: DAY, date }

const traits: Record<UpdateKind | "custom_event" | "custom_query", Traits> = {
  message,
  edited_message: message,
  channel_post: message,
  edited_channel_post: message,
  business_message: message,
  edited_business_message: message,
  guest_message: message,
  inline_query: { user: from, lifetime: 30 },
  chosen_inline_result: { user: from, lifetime: 600 },
  callback_query: { chat: (payload) => payload.message?.chat?.id, user: from, lifetime: 150 },
  shipping_query: { user: from, lifetime: 150 },
  pre_checkout_query: { user: from, lifetime: 150 },
  poll: { lifetime: DAY },
  poll_answer: { chat: (payload) => payload.voter_chat?.id, user, lifetime: DAY },
  my_chat_member: member,
  chat_member: member,
  chat_join_request: member,
  chat_boost: {
    chat,
    user: (payload) => payload.boost?.source?.user?.id,
    lifetime: DAY,
    date: (payload) => payload.boost?.add_date,
  },
  removed_chat_boost: {
    chat,
    user: (payload) => payload.source?.user?.id,
    lifetime: DAY,
    date: (payload) => payload.remove_date,
  },
  message_reaction: { chat, user: (payload) => payload.user?.id ?? payload.actor_chat?.id, lifetime: DAY, date },
  message_reaction_count: { chat, lifetime: DAY, date },
  business_connection: { chat: (payload) => payload.user_chat_id, user, lifetime: DAY },
  deleted_business_messages: { chat, lifetime: DAY },
  purchased_paid_media: { user: from, lifetime: DAY },
  managed_bot: { user, lifetime: DAY },
  subscription: { user },
  stopped_message_generation: { chat },
  custom_event: { lifetime: 600 },
  custom_query: {},
}

const traitsByKind: ReadonlyMap<string, Traits> = new Map(Object.entries(traits))

/**
 * The kinds that Hookgram knows, as in `@grammyjs/types`. Two more, `custom_event` and `custom_query`, are sent by
 * Telegram's server but are in no public documentation (facts, 9); they pass like any unknown kind.
 */
export const updateKinds: readonly UpdateKind[] = Object.keys(traits).filter(
  (kind): kind is UpdateKind => !kind.startsWith("custom_"),
)

/**
 * The kind of an update: the known field it carries, else the first field beside `update_id`, else `undefined`.
 *
 * @example
 * kindOf({ update_id: 1, message }) // "message"
 */
export function kindOf(update: Update): UpdateKind | (string & {}) | undefined {
  let unknown: string | undefined
  for (const key in update) {
    if (key === "update_id") continue
    if (traitsByKind.has(key)) return key
    unknown ??= key
  }
  return unknown
}

function look(update: Update, trait: "chat" | "user" | "date"): number | undefined {
  const kind = kindOf(update) ?? ""
  const payload = (update as unknown as Record<string, Payload | null | undefined>)[kind]
  if (typeof payload !== "object" || payload === null) return undefined
  const value = traitsByKind.get(kind)?.[trait]?.(payload)
  return typeof value === "number" ? value : undefined
}

/** The id of the chat an update belongs to, or `undefined` where it has none, such as an inline query (facts, 9). */
export function chatOf(update: Update): number | undefined {
  return look(update, "chat")
}

/** The id of the user who acted, or `undefined` where Telegram names none (facts, 9). */
export function userOf(update: Update): number | undefined {
  return look(update, "user")
}

/** The default lane of an update: its chat, else its user, else none. */
export function laneOf(update: Update): number | undefined {
  return chatOf(update) ?? userOf(update)
}

/** When the event happened, in Unix seconds, or `undefined` for kinds that carry no date (facts, 3.4). */
export function dateOf(update: Update): number | undefined {
  const seconds = look(update, "date")
  return seconds !== undefined && seconds > 0 ? seconds : undefined
}

/** How long Telegram keeps an update, in seconds, or `undefined` for kinds of which that is not known (facts, 3.4). */
export function lifetimeOf(update: Update): number | undefined {
  return traitsByKind.get(kindOf(update) ?? "")?.lifetime
}
