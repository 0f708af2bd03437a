import type { Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { checkText, type Formatted, formatted } from "./formatted.ts"
import { object } from "./json.ts"
import { richMessage } from "./rich-message.ts"
import { send } from "./send.ts"

export const sendText: Record<string, Method> = {
  sendMessage: (call) => {
    const text = messageText(call)
    const options = linkPreview(call)
    return send(call, () => {
      checkText(text)
      return textFields(text, options)
    })
  },

  sendRichMessage: (call) => send(call, richMessage(call)),
}

/** The `text` of a call, which must not be missing. */
export function messageText(call: Call): Formatted {
  if (call.parameters.text("text") === "") throw badRequest("message text is empty")
  return formatted(call, "text")
}

/** The fields of a text message. */
export function textFields({ text, entities }: Formatted, options: Partial<Message>): Partial<Message> {
  return { text, ...(entities.length > 0 && { entities }), ...options }
}

/** The `link_preview_options` of a call, or what they were before there were any. */
export function linkPreview(call: Call): Partial<Message> {
  const { parameters } = call
  if (!parameters.has("link_preview_options")) {
    return parameters.boolean("disable_web_page_preview") ? { link_preview_options: { is_disabled: true } } : {}
  }
  const given = object(call, "link_preview_options", "link preview options")
  return given.isEmpty ? {} : { link_preview_options: given.toJSON() }
}
