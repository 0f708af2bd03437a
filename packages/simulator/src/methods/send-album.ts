import type { Message, PaidMedia } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { Malformed, readOrRefuse } from "../text/refusal.ts"
import { captionFields, checkCaption, formatted } from "./formatted.ts"
import { fileOf, type InputMedia, inputMediaOf } from "./input-media.ts"
import { fieldsOf, list, need, required, textOf } from "./json.ts"
import { sendPost, sendPosts } from "./send.ts"

/** The most messages that an album has. */
const LARGEST_ALBUM = 10

/** Types of which an album has nothing else. */
const homogeneous: ReadonlySet<string> = new Set(["audio", "document"])

export const sendAlbum: Record<string, Method> = {
  sendMediaGroup: (call) => {
    required(call, "media")
    const words = { broken: "can't parse media JSON object", other: "expected an Array of InputMedia" }
    const given = list(call, "media", words)
    const read = () => given.map((one) => inputMediaOf(call, one, true))
    const media = readOrRefuse(read, "Can't parse InputMedia: ")
    return sendPosts(call, () => album(call, media)).map(({ message }) => message)
  },

  sendPaidMedia: (call) => {
    required(call, "media")
    const words = { broken: "can't parse input paid media JSON object", other: "expected an Array of InputPaidMedia" }
    const given = list(call, "media", words)
    const paid_media = readOrRefuse(() => given.map((one) => paidMedia(call, one)), "Can't parse InputPaidMedia: ")
    const star_count = call.parameters.integer("star_count")
    const caption = formatted(call, "caption", "parse_mode", "caption_entities")
    const post = sendPost(call, () => {
      checkCaption(caption)
      if (paid_media.length === 0 || paid_media.length > LARGEST_ALBUM) {
        throw badRequest("invalid number of paid media specified")
      }
      if (star_count <= 0) throw badRequest("invalid media price specified")
      const above = call.parameters.boolean("show_caption_above_media")
      return { paid_media: { star_count, paid_media }, ...captionFields(caption, above) }
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
  const together = media.length > 1 && { media_group_id: call.world.newNumber() }
  return media.map(({ content }) => ({ ...together, ...content }))
}

function paidMedia(call: Call, value: unknown): PaidMedia {
  const fields = fieldsOf(value)
  if (!fields) throw new Malformed("expected an Object")
  const type = textOf(need(fields, "type"))
  if (type !== "photo" && type !== "video" && type !== "live_photo") {
    throw new Malformed(`type "${type}" is unsupported`)
  }
  const { [type]: file } = fileOf(call, type, fields)
  return { type, [type]: file } as unknown as PaidMedia
}
