import { isDeepStrictEqual } from "node:util"
import type { InlineKeyboardMarkup, Message } from "@grammyjs/types"
import { badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { Bot } from "../bot.ts"
import { without } from "../chats/message-fields.ts"
import type { Post } from "../chats/post.ts"
import { hasRight } from "../chats/rights.ts"
import { isServiceMessage } from "../chats/service-message.ts"
import { markupOf } from "./markup.ts"
import { targetPost } from "./target.ts"

/** How a method edits. */
export interface Edit {
  /** The fields that go, unless {@link made} has them anew. */
  readonly drops: readonly string[]
  /** Makes the new fields; fails if this message cannot have them. */
  readonly made: (post: Post) => Partial<Message>
  /** Only the buttons change, which most messages allow. */
  readonly onlyMarkup?: boolean
}

/** A message that a call wants to edit, with its new buttons. */
interface Editing {
  post: Post
  markup: InlineKeyboardMarkup | undefined
  inline: boolean
}

/**
 * Edits a message: all that the methods named `editMessage…` have in common.
 *
 * @returns the edited message, or true for one that was sent by inline mode
 */
export function edit(call: Call, { drops, made, onlyMarkup = false }: Edit): Message | true {
  const { post, markup, inline } = editing(call, onlyMarkup)
  const fields = made(post)
  changeMessage(call, post, drops, { ...fields, ...(markup && { reply_markup: markup }) })
  return inline ? true : post.message
}

function editing(call: Call, onlyMarkup: boolean): Editing {
  const { parameters, bot, world } = call
  const { inline: markup, keyboard } = markupOf(call)
  const inline = parameters.text("chat_id") === "" && parameters.integer("message_id") <= 0
  if (inline) {
    const id = parameters.text("inline_message_id")
    if (id === "") throw badRequest("message identifier is not specified")
    const post = world.inlineMessages.get(id)
    if (!post || post.deleted || !isOwn(bot, post)) throw badRequest("MESSAGE_ID_INVALID")
    return { post, markup, inline }
  }
  const post = targetPost(call, "message to edit")
  if (!canEdit(bot, post, onlyMarkup)) throw badRequest("message can't be edited")
  if (keyboard) throw badRequest("inline keyboard expected")
  return { post, markup, inline }
}

/** Replaces fields of a message; its buttons always, so that an edit without buttons takes them away. */
export function changeMessage(
  { bot, world }: Call,
  post: Post,
  drops: readonly string[],
  fields: Partial<Message>,
): void {
  const gone = [...drops, "reply_markup"]
  if (isDeepStrictEqual({ ...without(post.message, gone), ...fields }, post.message)) {
    const same = "specified new message content and reply markup are exactly the same"
    throw badRequest(`message is not modified: ${same} as a current content and reply markup of the message`)
  }
  world.edit(post, fields, gone, bot.id)
}

/** Whether a bot sent a message, or a person did by its inline mode. */
function isOwn(bot: Bot, { bot: author, message }: Post): boolean {
  return author === bot.id || message.via_bot?.id === bot.id
}

/** What a bot can edit: polls and locations only in their own ways. */
const editable = ["text", "rich_message", "animation", "audio", "document", "game", "photo", "video", "voice", "poll"]

function canEdit(bot: Bot, post: Post, onlyMarkup: boolean): boolean {
  const { chat, keyboard, message } = post
  if (message.forward_origin || keyboard) return false
  if (message.via_bot && message.via_bot.id !== bot.id) return false
  const mayEdit = chat.type === "channel" && hasRight(chat, bot.id, "can_edit_messages")
  if (!isOwn(bot, post) && !mayEdit) return false
  if (message.location?.live_period !== undefined) return true
  return onlyMarkup ? !isServiceMessage(message) : editable.some((name) => name in message)
}
