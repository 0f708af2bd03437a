import type { Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import type { FileField } from "../chats/media.ts"
import { captionOf } from "./formatted.ts"
import { inputMedia } from "./media.ts"
import { send } from "./send.ts"

export const sendMedia: Record<string, Method> = {
  sendPhoto: (call) => sendFile(call, "photo"),
  sendAudio: (call) => sendFile(call, "audio"),
  sendDocument: (call) => sendFile(call, "document"),
  sendVideo: (call) => sendFile(call, "video"),
  sendAnimation: (call) => sendFile(call, "animation"),
  sendVoice: (call) => sendFile(call, "voice"),
  sendVideoNote: (call) => sendFile(call, "video_note"),
  sendSticker: (call) => sendFile(call, "sticker"),
  sendLivePhoto: (call) => {
    const video = given(call, "video", "live_photo").video
    const { photo } = given(call, "photo", "photo")
    const caption = captionOf(call, true)
    return send(call, () => ({ live_photo: { ...video, photo }, photo, ...caption() }) as Partial<Message>)
  },
}

/** What can be hidden behind a spoiler, and has room for a caption above it. */
const visual: ReadonlySet<FileField> = new Set(["photo", "video", "animation"])

/** What has no caption. */
const captionless: ReadonlySet<FileField> = new Set(["video_note", "sticker"])

function sendFile(call: Call, field: FileField): Message {
  const media = given(call, field, field)
  if (captionless.has(field)) return send(call, media)
  const caption = captionOf(call, visual.has(field))
  return send(call, () => ({ ...media, ...caption() }))
}

/** The file in a parameter, which must be there. */
function given(call: Call, field: FileField, name: string): Partial<Message> {
  const { parameters } = call
  const media = inputMedia(call, field, parameters.text(name), (detail) => parameters.text(detail), name)
  if (!media) throw badRequest(`there is no ${name.replaceAll("_", " ")} in the request`)
  return media
}
