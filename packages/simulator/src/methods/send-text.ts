import type { Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { checkText, type Formatted, formatted } from "./formatted.ts"
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
export function linkPreview({ parameters }: Call): Partial<Message> {
  if (!parameters.has("link_preview_options")) {
    return parameters.boolean("disable_web_page_preview") ? { link_preview_options: { is_disabled: true } } : {}
  }
  const given = parameters.json("link_preview_options")
  if (given === undefined) throw badRequest("can't parse link preview options JSON object")
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw badRequest("object expected as link preview options")
  }
  return Object.keys(given).length > 0 ? { link_preview_options: given } : {}
}
