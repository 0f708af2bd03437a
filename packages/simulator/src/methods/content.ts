import type { Message } from "@grammyjs/types"

/** The fields that hold what a message is, beside its text. */
export const mediaFields: readonly string[] = (
  "animation audio document live_photo paid_media photo sticker story video video_note voice checklist contact dice " +
  "game giveaway giveaway_winners invoice location poll venue"
).split(" ")

/** The fields of a caption, and of how media are shown. */
export const captionParts: readonly string[] = ["caption", "caption_entities", "show_caption_above_media"]

/** The fields of a text. */
export const textParts: readonly string[] = ["text", "entities", "link_preview_options", "rich_message"]

/** All that makes a message what it is, whoever sent it wherever. */
export const contentParts: readonly string[] = [...textParts, ...mediaFields, ...captionParts, "has_media_spoiler"]

/** The content of a message. */
export function contentOf(message: Message): Partial<Message> {
  return Object.fromEntries(Object.entries(message).filter(([name]) => contentParts.includes(name)))
}
