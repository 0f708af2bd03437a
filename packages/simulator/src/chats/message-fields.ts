import type { Message } from "@grammyjs/types"

const names = (text: string): readonly string[] => text.split(" ")

/** Who sent a message, where and when, and what it belongs to: these fields come first. */
const envelope = names(
  "business_connection_id sender_business_bot message_id from author_signature sender_chat chat date edit_date " +
    "message_thread_id forward_origin is_automatic_forward forward_from forward_from_chat forward_from_message_id " +
    "forward_signature forward_sender_name forward_date reply_to_message external_reply quote media_group_id " +
    "guest_query_id",
)

/** The fields of a text. */
export const textParts: readonly string[] = names("text entities link_preview_options rich_message")

/** The fields that hold what a message is, if that is no text. */
export const mediaParts: readonly string[] = names(
  "animation document audio paid_media live_photo photo sticker story video video_note voice contact dice game " +
    "giveaway giveaway_winners invoice location venue poll checklist",
)

/** The fields of a caption, and of where it stands. */
export const captionParts: readonly string[] = names("caption caption_entities show_caption_above_media")

/** All that makes a message what it is, whoever sent it wherever. Messages with none of these are service messages. */
export const contentParts: readonly string[] = [...textParts, ...mediaParts, ...captionParts, "has_media_spoiler"]

/** These come last; what is nowhere here comes before them. */
const remarks = names(
  "reply_markup via_bot has_protected_content is_topic_message direct_messages_topic is_from_offline effect_id " +
    "sender_boost_count sender_tag paid_star_count is_paid_post",
)

const leading = [...envelope, ...contentParts]
const ranks = new Map([
  ...leading.map((name, index) => [name, index] as const),
  ...remarks.map((name, index) => [name, leading.length + 1 + index] as const),
])
const rank = (name: string): number => ranks.get(name) ?? leading.length

/** A message with its fields in Telegram's order. */
export function inOrder<T extends object>(message: T): T {
  return Object.fromEntries(Object.entries(message).toSorted(([one], [other]) => rank(one) - rank(other))) as T
}

/** The content of a message. */
export function contentOf(message: Message): Partial<Message> {
  return Object.fromEntries(Object.entries(message).filter(([name]) => contentParts.includes(name)))
}

/** A message without some of its fields. */
export function without<T extends Partial<Message>>(message: T, fields: readonly string[]): T {
  return Object.fromEntries(Object.entries(message).filter(([name]) => !fields.includes(name))) as T
}

/** A message as its replies show it: not again with what it replied to. */
export function withoutReply(message: Message): NonNullable<Message["reply_to_message"]> {
  return without(message, ["reply_to_message"]) as NonNullable<Message["reply_to_message"]>
}
