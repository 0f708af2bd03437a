import type { Message, MessageId } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { canForward, forwarded } from "../chats/forward.ts"
import { newNumber } from "../chats/ids.ts"
import { captionParts, contentOf, without } from "../chats/message-fields.ts"
import { Poll } from "../chats/poll.ts"
import type { Post } from "../chats/post.ts"
import { isServiceMessage } from "../chats/service-message.ts"
import { captionOf } from "./formatted.ts"
import { required } from "./json.ts"
import { messageIds } from "./message-ids.ts"
import { send, sendPosts } from "./send.ts"
import { findChat, findPost, targetPost } from "./target.ts"

const source = { chat: "from_chat_id", message: "message_id" }

export const forwards: Record<string, Method> = {
  forwardMessage: (call) => {
    required(call, "from_chat_id")
    const post = targetPost(call, "message to forward", "read", source)
    if (!canForward(post.message)) throw badRequest("the message can't be forwarded")
    return send(call, forwarded(post.message))
  },

  forwardMessages: (call) =>
    together(
      call,
      ({ message }) => canForward(message),
      ({ message }) => forwarded(message),
    ),

  copyMessage: (call): MessageId => {
    required(call, "from_chat_id")
    const caption = captionOf(call, true)
    const post = targetPost(call, "message to copy", "read", source)
    if (!canCopy(post)) throw badRequest("the message can't be copied")
    const { message_id } = send(call, () => {
      const [content, fields] = [copy(call, post), caption()]
      if (!call.parameters.has("caption") || "text" in content) return content
      return { ...without(content, captionParts), ...fields }
    })
    return { message_id }
  },

  copyMessages: (call) => {
    const bare = call.parameters.boolean("remove_caption")
    return together(call, canCopy, (post) => (bare ? without(copy(call, post), captionParts) : copy(call, post)))
  },
}

/** Sends on several messages of a chat, those that can be. */
function together(call: Call, can: (post: Post) => boolean, made: (post: Post) => Partial<Message>): MessageId[] {
  required(call, "from_chat_id")
  const ids = messageIds(call)
  if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))) {
    throw badRequest("message identifiers must be in a strictly increasing order")
  }
  const posts = sendPosts(call, () => {
    const chat = findChat(call.bot, call.parameters.text("from_chat_id"), "read")
    const found = ids.map((id) => findPost(call.bot, chat, id)).filter((post) => post !== undefined)
    const sent = found.filter((post) => can(post))
    if (found.length === 0) throw badRequest("there are no messages to forward")
    if (sent.length === 0) throw badRequest("messages can't be forwarded")
    const albums = new Map<string, string>()
    return sent.map((post) => inAlbum(call, albums, post.message, made(post)))
  })
  return posts.map(({ id }) => ({ message_id: id }))
}

/** Messages of an album are an album again. */
function inAlbum(
  { world }: Call,
  albums: Map<string, string>,
  { media_group_id }: Message,
  content: Partial<Message>,
): Partial<Message> {
  if (media_group_id === undefined) return content
  const album = albums.get(media_group_id) ?? newNumber(world.random)
  albums.set(media_group_id, album)
  return { media_group_id: album, ...content }
}

/** What cannot be sent as one's own. */
const uncopied = ["invoice", "paid_media", "giveaway", "giveaway_winners", "checklist"]

function canCopy({ message }: Post): boolean {
  return !isServiceMessage(message) && !uncopied.some((field) => field in message)
}

/** The content of a message; of a poll, a new one that asks the same. */
function copy({ world, bot }: Call, { message }: Post): Partial<Message> {
  const poll = world.polls.get(message.poll?.id ?? "")
  return { ...contentOf(message), ...(poll && { poll: new Poll(world, poll.terms, bot).object }) }
}
