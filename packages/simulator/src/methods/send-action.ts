import { badRequest } from "../api/error.ts"
import type { Method } from "../api/method.ts"
import { formatted } from "./formatted.ts"
import { checkReach, targetChat } from "./target.ts"

/** What a bot can be seen doing. */
const actions: ReadonlySet<string> = new Set(
  (
    "cancel typing upload_photo record_video upload_video record_voice upload_voice record_audio upload_audio " +
    "upload_document choose_sticker find_location pick_up_location record_video_note upload_video_note"
  ).split(" "),
)

/** What people see while a bot works on a message. It leaves nothing in the chat. */
export const sendAction: Record<string, Method> = {
  sendChatAction: (call) => {
    if (!actions.has(call.parameters.text("action").toLowerCase()))
      throw badRequest("wrong parameter action in request")
    checkReach(call.bot, targetChat(call))
    return true
  },

  sendMessageDraft: (call) => {
    formatted(call, "text")
    checkReach(call.bot, targetChat(call))
    if (call.parameters.integer("draft_id") === 0) throw badRequest("RANDOM_ID_INVALID")
    return true
  },

  sendRichMessageDraft: (call) => {
    checkReach(call.bot, targetChat(call))
    return true
  },
}
