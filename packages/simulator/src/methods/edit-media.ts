import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { contentParts } from "../chats/message-fields.ts"
import { readOrRefuse } from "../text/refusal.ts"
import { edit } from "./edit.ts"
import { checkCaption } from "./formatted.ts"
import { inputMediaOf } from "./input-media.ts"
import { json, required } from "./json.ts"

/** What can be replaced by other media, and what can stand in an album beside each other. */
const replaceable = ["text", "rich_message", "animation", "audio", "document", "photo", "video"]
const homogeneous = ["audio", "document"]

export const editMedia: Record<string, Method> = {
  editMessageMedia: (call: Call) => {
    required(call, "media")
    const value = json(call, "media", "input media JSON object")
    const read = () => inputMediaOf(call, value, false)
    const { content, caption, type } = readOrRefuse(read, "Can't parse InputMedia: ")
    return edit(call, {
      drops: contentParts,
      made: ({ message }) => {
        if (!replaceable.some((field) => field in message)) throw badRequest("message media can't be edited")
        if (message.media_group_id !== undefined) {
          if (type === "animation") throw badRequest("message content type can't be used in an album")
          if (!(type in message) && homogeneous.some((field) => field === type || field in message)) {
            throw badRequest("can't change media type in the album")
          }
        }
        checkCaption(caption, "MEDIA_CAPTION_TOO_LONG")
        return content
      },
    })
  },
}
