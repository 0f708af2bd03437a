import type { Message, PaidMedia } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { newNumber } from "../chats/ids.ts"
import { Fields } from "../text/fields.ts"
import { Malformed } from "../text/refusal.ts"
import { captionOf, checkCaption } from "./formatted.ts"
import { fileOf, type InputMedia, inputMediaOf } from "./input-media.ts"
import { list, required } from "./json.ts"
import { sendPost, sendPosts } from "./send.ts"

/** The most messages that an album has. */
const LARGEST_ALBUM = 10

/** Types of which an album has nothing else. */
const homogeneous: ReadonlySet<string> = new Set(["audio", "document"])

export const sendAlbum: Record<string, Method> = {
  sendMediaGroup: (call) => {
    required(call, "media")
    const words = ["media JSON object", "InputMedia", "Can't parse InputMedia: "] as const
    const media = list(call, "media", words, (one) => inputMediaOf(call, one, true))
    return sendPosts(call, () => album(call, media)).map(({ message }) => message)
  },

  sendPaidMedia: (call) => {
    required(call, "media")
    const words = ["input paid media JSON object", "InputPaidMedia", "Can't parse InputPaidMedia: "] as const
    const paid_media = list(call, "media", words, (one) => paidMedia(call, one))
    const star_count = call.parameters.integer("star_count")
    const caption = captionOf(call, true)
    const post = sendPost(call, () => {
      const fields = caption()
      if (paid_media.length === 0 || paid_media.length > LARGEST_ALBUM) {
        throw badRequest("invalid number of paid media specified")
      }
      if (star_count <= 0) throw badRequest("invalid media price specified")
      return { paid_media: { star_count, paid_media }, ...fields }
    })
    post.paidMediaPayload = call.parameters.text("payload")
    return post.message
  },
}

function album(call: Call, media: InputMedia[]): Partial<Message>[] {
  if (media.length === 0) throw badRequest("there are no messages to send")
  if (media.length > LARGEST_ALBUM) throw badRequest("too many messages to send as an album")
  for (const { caption } of media) checkCaption(caption)
  const alone = media.find(({ type }) => homogeneous.has(type))
  if (alone && media.some(({ type }) => type !== alone.type)) {
    throw badRequest(`${alone.type} can't be mixed with other media types`)
  }
  const together = media.length > 1 && { media_group_id: newNumber(call.world.random) }
  return media.map(({ content }) => ({ ...together, ...content }))
}

function paidMedia(call: Call, value: unknown): PaidMedia {
  const fields = Fields.of(value, "expected an Object")
  const type = fields.requiredString("type")
  if (type !== "photo" && type !== "video" && type !== "live_photo") {
    throw new Malformed(`type "${type}" is unsupported`)
  }
  const { [type]: file } = fileOf(call, type, fields)
  return { type, [type]: file } as unknown as PaidMedia
}
