import type { Update } from "@hookgram/core"
import { recordedUpdate } from "../support/updates.ts"

/** A text in a private chat, written in 2022. {@link command} and {@link press} are of the same chat. */
export function text(update_id = 1): Update {
  return recordedUpdate("message-26-text-plain", update_id)
}

export function command(update_id = 1): Update {
  return recordedUpdate("message-25-command-with-args", update_id)
}

/** A button pressed in the chat of {@link text}. Has no date, and lives for 150 s: facts, 3.4. */
export function press(update_id = 1): Update {
  return recordedUpdate("callback_query-02-edited-message-three-buttons", update_id)
}

/** A text in another chat than {@link text}. */
export function otherText(update_id = 1): Update {
  return recordedUpdate("message-67-text-follow-up", update_id)
}

/** A text in a third chat. */
export function thirdText(update_id = 1): Update {
  return recordedUpdate("message-59-text-hello", update_id)
}

/** Has a user and no chat, and lives for 30 s: facts, 3.4. */
export function inlineQuery(update_id = 1): Update {
  return recordedUpdate("inline_query-03-chat-type-sender", update_id)
}

/** Another inline query of the same user. */
export function otherInlineQuery(update_id = 1): Update {
  return recordedUpdate("inline_query-04-chat-type-supergroup", update_id)
}

/** Has neither a chat nor a user: facts, 9. */
export function poll(update_id = 1): Update {
  return recordedUpdate("poll-01-public-poll-one-vote", update_id)
}

/** {@link text}, as if written so many seconds ago. */
export function textWritten(secondsAgo: number, update_id = 1): Update {
  const { message } = text()
  return { update_id, message: { ...message!, date: Math.floor(Date.now() / 1000) - secondsAgo } }
}

/** A text of 2020, as if edited so many seconds ago. */
export function textEdited(secondsAgo: number, update_id = 1): Update {
  const { edited_message } = recordedUpdate("edited_message-09-text-edited")
  return { update_id, edited_message: { ...edited_message!, edit_date: Math.floor(Date.now() / 1000) - secondsAgo } }
}
