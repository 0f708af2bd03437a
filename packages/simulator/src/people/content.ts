import type { Dice, Message } from "@grammyjs/types"
import { type FileField, isFileField } from "../chats/media.ts"
import { Poll, type PollTerms } from "../chats/poll.ts"
import type { World } from "../chats/world.ts"
import { detect } from "../text/detect.ts"
import { type FileInput, fileContent, isFileInput } from "./media.ts"

/**
 * What a person sends: a text, or the fields of a message as Telegram names them. Files are given as bytes; the rest,
 * such as `location`, `contact` or `web_app_data`, is taken as it is.
 */
export type Content = string | ContentFields

/** See {@link Content}. */
export type ContentFields = Partial<Omit<Message, FileField | "dice" | "poll" | "reply_to_message">> & {
  [F in FileField]?: FileInput | NonNullable<Message[F]>
} & {
  /** An emoji, whose value is then left to chance, or the value as well. */
  dice?: string | Dice
  /** A new poll. */
  poll?: Partial<Omit<PollTerms, "options">> & { question: string; options: string[] }
  /** The message that this one answers. */
  reply_to?: Message
}

/** The fields of the message that the content becomes. */
export function compose(world: World, content: Content): Partial<Message> {
  if (typeof content === "string") return { text: content, ...entitiesOf("entities", content) }
  const { dice, poll, reply_to, ...fields } = content
  const { text, caption, venue } = fields
  const composed = Object.entries(fields).map(([field, value]) =>
    isFileField(field) && isFileInput(value) ? fileContent(world, field, value) : { [field]: value },
  )
  return Object.assign(
    {},
    reply_to && { reply_to_message: withoutReply(reply_to) },
    dice !== undefined && { dice: typeof dice === "string" ? thrown(world, dice) : dice },
    poll && { poll: newPoll(world, poll).object },
    venue && { location: venue.location },
    text !== undefined && entitiesOf("entities", text),
    caption !== undefined && entitiesOf("caption_entities", caption),
    ...composed,
  ) as Partial<Message>
}

function entitiesOf(field: "entities" | "caption_entities", text: string): Partial<Message> {
  const entities = detect(text)
  return entities.length > 0 ? { [field]: entities } : {}
}

/** A message as the one that answers it shows it: without what it answers itself. */
export function withoutReply(message: Message): Message["reply_to_message"] {
  return { ...message, reply_to_message: undefined }
}

function newPoll(world: World, { options, ...terms }: NonNullable<ContentFields["poll"]>): Poll {
  return new Poll(world, {
    is_anonymous: true,
    type: "regular",
    allows_multiple_answers: false,
    allows_revoting: terms.type !== "quiz",
    members_only: false,
    ...terms,
    options: options.map((text) => ({ text })),
  })
}

/** How many values the dice of an emoji have; others are thrown like 🎲. */
const sides: Record<string, number> = { "🏀": 5, "⚽": 5, "⚽️": 5, "🎰": 64 }

function thrown(world: World, emoji: string): Dice {
  return { emoji, value: world.random.integer(1, sides[emoji] ?? 6) }
}
