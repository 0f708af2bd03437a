import type { Message, ReactionType, User } from "@grammyjs/types"
import type { Chat } from "../chats/chat.ts"
import type { Post } from "../chats/post.ts"
import type { World } from "../chats/world.ts"
import type { ApiCall } from "../journal.ts"

/** A message as the page shows it. */
export interface MessageView {
  message: Message
  /** The id of the bot that sent it. */
  bot?: number
  /** Who reacted with what; a custom or paid reaction is a star. */
  reactions: Record<string, number[]>
  /** Of a poll: which options the person has chosen, by their positions. */
  votes?: readonly number[]
}

/** A call as the page lists it: parameters and answer as JSON text, cut if they are long. */
export interface CallView extends Omit<ApiCall, "parameters" | "answer"> {
  parameters: string
  answer?: string
  ok?: boolean
  error?: string
}

/** How much JSON of a call the page shows, in characters. */
const LONGEST = 8000

/** @param person the id of who looks at it */
export function messageView(world: World, post: Post, person?: number): MessageView {
  const reactions: Record<string, number[]> = {}
  for (const [user, given] of post.reactions) for (const one of given) (reactions[sign(one)] ??= []).push(user)
  const votes = person !== undefined && world.polls.get(post.message.poll?.id ?? "")?.votes.get(person)
  return { message: post.message, ...(post.bot !== undefined && { bot: post.bot }), reactions, ...(votes && { votes }) }
}

export function callView({ parameters, answer, ...call }: ApiCall): CallView {
  const view: CallView = { ...call, parameters: excerpt(parameters) }
  if (!answer) return view
  const error = answer.ok ? {} : { error: `${answer.error_code} ${answer.description}` }
  return { ...view, answer: excerpt(answer.ok ? answer.result : answer), ok: answer.ok, ...error }
}

/** One line that says what a message is, for the list of chats. */
export function preview(message: Message): string {
  const text = message.text ?? message.caption
  if (text !== undefined) return text.slice(0, 100)
  const kind = Object.keys(message).find((name) => !(name in plain))
  return (kind ?? "message").replaceAll("_", " ")
}

export function titleOf({ traits }: Chat): string {
  return traits.title ?? nameOf({ first_name: traits.first_name ?? "", last_name: traits.last_name })
}

export function nameOf({ first_name, last_name }: Pick<User, "first_name" | "last_name">): string {
  return last_name ? `${first_name} ${last_name}` : first_name
}

/** The fields of a message that do not say what it is. */
const plain: Partial<Record<keyof Message, true>> = {
  message_id: true,
  from: true,
  sender_chat: true,
  chat: true,
  date: true,
  edit_date: true,
  message_thread_id: true,
  is_topic_message: true,
  reply_to_message: true,
  reply_markup: true,
  forward_origin: true,
  via_bot: true,
  author_signature: true,
  media_group_id: true,
  has_protected_content: true,
}

function sign(reaction: ReactionType): string {
  return reaction.type === "emoji" ? reaction.emoji : "⭐"
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? ""
  const more = text.length - LONGEST
  return more > 0 ? `${text.slice(0, LONGEST)}\n… and ${more} more characters` : text
}
