import type { Dice, Message } from "@grammyjs/types"
import { throwDice } from "../chats/dice.ts"
import { fileContent, type FileInput, isFileInput } from "../chats/file-input.ts"
import { type FileField, isFileField } from "../chats/media.ts"
import { captionParts, mediaParts, textParts, withoutReply } from "../chats/message-fields.ts"
import { Poll, type PollTerms } from "../chats/poll.ts"
import type { World } from "../chats/world.ts"
import { detect } from "../text/detect.ts"

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

/** How a message changes if its author gives it other content: a text is the caption of what has none. */
export function edited(
  world: World,
  before: Message,
  content: Content,
): { fields: Partial<Message>; drops: readonly string[] } {
  const isCaption = typeof content === "string" && !("text" in before || "rich_message" in before)
  const fields = compose(world, isCaption ? { caption: content } : content)
  const drops = [textParts, captionParts, mediaParts].filter((parts) => parts.some((name) => name in fields))
  return { fields, drops: drops.flat() }
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

function thrown({ random }: World, emoji: string): Dice {
  const dice = throwDice(random, emoji)
  if (!dice) throw new Error(`There is no dice ${emoji}.`)
  return dice
}
