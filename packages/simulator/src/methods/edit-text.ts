import { badRequest } from "../api/error.ts"
import type { Method } from "../api/method.ts"
import { edit } from "./edit.ts"
import { captionParts, textParts } from "./content.ts"
import { captionFields, checkCaption, checkText, formatted } from "./formatted.ts"
import { linkPreview, messageText, textFields } from "./send-text.ts"

/** What has a caption, and what can have it above. */
const captioned = ["animation", "audio", "document", "paid_media", "photo", "video", "voice"]
const aboveMedia = ["animation", "paid_media", "photo", "video"]

export const editText: Record<string, Method> = {
  editMessageText: (call) => {
    const text = messageText(call)
    const options = linkPreview(call)
    return edit(call, {
      drops: textParts,
      made: ({ message }) => {
        if (!("text" in message || "game" in message || "rich_message" in message)) {
          throw badRequest("there is no text in the message to edit")
        }
        checkText(text, "MESSAGE_TOO_LONG")
        return textFields(text, options)
      },
    })
  },

  editMessageCaption: (call) => {
    const caption = formatted(call, "caption", "parse_mode", "caption_entities")
    const above = call.parameters.boolean("show_caption_above_media")
    return edit(call, {
      drops: captionParts,
      made: ({ message }) => {
        if (!captioned.some((field) => field in message)) {
          throw badRequest("there is no caption in the message to edit")
        }
        checkCaption(caption, "MEDIA_CAPTION_TOO_LONG")
        return captionFields(caption, above && aboveMedia.some((field) => field in message))
      },
    })
  },

  editMessageReplyMarkup: (call) => edit(call, { drops: [], made: () => ({}), onlyMarkup: true }),
}
