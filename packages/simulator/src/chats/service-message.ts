import type { Message } from "@grammyjs/types"
import { contentParts } from "./message-fields.ts"

/** What a bot is told of although it did it itself (facts, 7.4). */
const toldToItself: ReadonlySet<string> = new Set(
  (
    "new_chat_title new_chat_photo delete_chat_photo left_chat_member pinned_message proximity_alert_triggered " +
    "video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited forum_topic_created " +
    "forum_topic_edited forum_topic_closed forum_topic_reopened general_forum_topic_hidden " +
    "general_forum_topic_unhidden giveaway_created giveaway giveaway_winners giveaway_completed refunded_payment " +
    "suggested_post_approved suggested_post_approval_failed suggested_post_declined suggested_post_paid " +
    "suggested_post_refunded poll_option_added poll_option_deleted"
  ).split(" "),
)

/** Whether a message says that something was done in the chat, such as a member joining. */
export function isServiceMessage(message: Message): boolean {
  return !contentParts.some((field) => field in message)
}

/** Whether a message becomes an update for the very bot that caused it. */
export function isToldToItself(message: Message): boolean {
  return Object.keys(message).some((field) => toldToItself.has(field))
}
