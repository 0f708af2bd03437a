import { badRequest } from "../api/error.ts"
import type { Method } from "../api/method.ts"
import { captionParts, textParts } from "../chats/message-fields.ts"
import { edit } from "./edit.ts"
import { captionFields, checkCaption, checkText, formatted } from "./formatted.ts"
import { richMessage } from "./rich-message.ts"
import { linkPreview, messageText, textFields } from "./send-text.ts"

/** What has a caption, and what can have it above. */
const captioned = ["animation", "audio", "document", "paid_media", "photo", "video", "voice"]
const aboveMedia = ["animation", "paid_media", "photo", "video"]

export const editText: Record<string, Method> = {
  editMessageText: (call) => {
    const rich = call.parameters.text("rich_message") !== "" && richMessage(call)
    const text = rich ? undefined : messageText(call)
    const options = linkPreview(call)
    return edit(call, {
      drops: textParts,
      made: ({ message }) => {
        if (!("text" in message || "game" in message || "rich_message" in message)) {
          throw badRequest("there is no text in the message to edit")
        }
        if (text) checkText(text, "MESSAGE_TOO_LONG")
        return text ? textFields(text, options) : { ...rich }
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
