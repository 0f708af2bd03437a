import type { Message, MessageId } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call, Method } from "../api/method.ts"
import { Poll } from "../chats/poll.ts"
import type { Post } from "../chats/post.ts"
import { isServiceMessage } from "../chats/service-message.ts"
import { forwarded } from "../people/forward.ts"
import { captionParts, contentOf } from "./content.ts"
import { captionFields, checkCaption, formatted } from "./formatted.ts"
import { required } from "./json.ts"
import { messageIds } from "./message-ids.ts"
import { send, sendPosts } from "./send.ts"
import { findChat, findPost, targetPost } from "./target.ts"

const source = { chat: "from_chat_id", message: "message_id" }

export const forwards: Record<string, Method> = {
  forwardMessage: (call) => {
    required(call, "from_chat_id")
    const post = targetPost(call, "message to forward", "read", source)
    if (!canForward(post)) throw badRequest("the message can't be forwarded")
    return send(call, passedOn(post))
  },

  forwardMessages: (call) => together(call, canForward, passedOn),

  copyMessage: (call): MessageId => {
    required(call, "from_chat_id")
    const caption = formatted(call, "caption", "parse_mode", "caption_entities")
    const post = targetPost(call, "message to copy", "read", source)
    if (!canCopy(post)) throw badRequest("the message can't be copied")
    const above = call.parameters.boolean("show_caption_above_media")
    const { message_id } = send(call, () => {
      checkCaption(caption)
      const content = copy(call, post)
      if (!call.parameters.has("caption") || "text" in content) return content
      return { ...without(content, captionParts), ...captionFields(caption, above) }
    })
    return { message_id }
  },

  copyMessages: (call) => {
    const bare = call.parameters.boolean("remove_caption")
    return together(call, canCopy, (post) => (bare ? without(copy(call, post), captionParts) : copy(call, post)))
  },
}

/** A forwarded message keeps its buttons if all of them are links. */
function passedOn({ message }: Post): Partial<Message> {
  const { reply_markup } = message
  const links = reply_markup?.inline_keyboard.flat().every((button) => "url" in button || "login_url" in button)
  return { ...forwarded(message), ...(links && reply_markup && { reply_markup }) }
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
  const album = albums.get(media_group_id) ?? world.newNumber()
  albums.set(media_group_id, album)
  return { media_group_id: album, ...content }
}

function canForward({ message }: Post): boolean {
  return !isServiceMessage(message) && !message.has_protected_content
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

function without(content: Partial<Message>, fields: readonly string[]): Partial<Message> {
  return Object.fromEntries(Object.entries(content).filter(([name]) => !fields.includes(name)))
}
