import type { Message, MessageEntity } from "@grammyjs/types"
import { ApiError, badRequest } from "../api/error.ts"
import type { Call } from "../api/method.ts"
import type { World } from "../chats/world.ts"
import { characters } from "../text/characters.ts"
import type { Fields } from "../text/fields.ts"
import { format } from "../text/format.ts"
import { Malformed } from "../text/refusal.ts"

/** A text without its markup, and what the markup said. */
export interface Formatted {
  text: string
  entities: MessageEntity[]
}

/** The most that a message holds, in characters: code points, after the markup was taken off. */
const LONGEST_TEXT = 4096
const LONGEST_CAPTION = 1024
/** In bytes, with the markup. */
const LONGEST_MARKUP = 32_768

/** A formatted parameter of a call. */
export function formatted(call: Call, name: string, modeName = "parse_mode", entitiesName = "entities"): Formatted {
  const { parameters, world } = call
  return formattedText(world, parameters.text(name), parameters.text(modeName), parameters.json(entitiesName))
}

/** A text formatted by a `parse_mode`, or else by entities. */
export function formattedText(world: World, text: string, parseMode: string, entities: unknown): Formatted {
  if (Buffer.byteLength(text) > LONGEST_MARKUP) throw badRequest("text is too long")
  return format(text, parseMode, entities, world.users)
}

/** A formatted field of an object: what is wrong with it is wrong with the object. */
export function formattedField(world: World, fields: Fields, name: string, entitiesName: string): Formatted {
  try {
    return formattedText(world, fields.string(name), fields.string("parse_mode"), fields.value(entitiesName))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const reason = error.message.replace(/^Bad Request: /, "")
    throw new Malformed(reason.charAt(0).toUpperCase() + reason.slice(1))
  }
}

/** Fails if a text is too short or too long to be a message's; `tooLong` is what Telegram says then. */
export function checkText({ text }: Formatted, tooLong = "message is too long"): void {
  if (text === "") throw badRequest("text must be non-empty")
  if (characters(text) > LONGEST_TEXT) throw badRequest(tooLong)
}

/** Fails if a text is too long to be a caption; `tooLong` is what Telegram says then. */
export function checkCaption({ text }: Formatted, tooLong = "message caption is too long"): void {
  if (characters(text) > LONGEST_CAPTION) throw badRequest(tooLong)
}

/**
 * The caption of a call, read. Whether it is too long is checked only when its fields are made.
 *
 * @param isVisual whether it can stand above what it is for, and that be hidden behind a spoiler
 * @param tooLong what Telegram says if it is too long
 */
export function captionOf(call: Call, isVisual: boolean, tooLong?: string): () => Partial<Message> {
  const caption = formatted(call, "caption", "parse_mode", "caption_entities")
  const asked = (name: string) => isVisual && call.parameters.boolean(name)
  return () => {
    checkCaption(caption, tooLong)
    const spoiler = asked("has_spoiler") && { has_media_spoiler: true as const }
    return { ...captionFields(caption, asked("show_caption_above_media")), ...spoiler }
  }
}

/** The fields of a caption. */
export function captionFields({ text, entities }: Formatted, above = false): Partial<Message> {
  if (text === "") return {}
  const marked = entities.length > 0 && { caption_entities: entities }
  return { caption: text, ...marked, ...(above && { show_caption_above_media: true as const }) }
}
