import type { Message } from "@grammyjs/types"
import { HookgramError, kindOf, type Update, type UpdateKind } from "@hookgram/core"

/** How to wait for an answer. */
export interface AskOptions {
  /**
   * How long, in milliseconds: 1 to 2 147 483 647.
   * @default 300_000
   */
  readonly timeout?: number | undefined
  /** Ends the waiting with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** @throws HookgramError `invalid_options` */
export function askTimeout({ timeout = 300_000 }: AskOptions): number {
  if (typeof timeout === "number" && timeout >= 1 && timeout < 2 ** 31) return timeout
  throw new HookgramError("invalid_options", "timeout: must be 1 to 2147483647 milliseconds")
}

/** Kinds whose messages are answers. A changed message is none. */
const answering: ReadonlySet<string | undefined> = new Set(["message", "business_message", "channel_post"])

/** The message in an update that may be the answer to a question. */
export function answerIn(update: Update): Message | undefined {
  const kind = kindOf(update)
  return answering.has(kind) ? update[kind as "message"] : undefined
}

/** How the answer comes to a question that is asked with this message. */
export function answerKind({ chat, business_connection_id }: Message): UpdateKind {
  if (business_connection_id !== undefined) return "business_message"
  return chat.type === "channel" ? "channel_post" : "message"
}

/** Who writes: a person, or a chat in whose name somebody does, as all do in a channel. */
export function writerOf({
  chat,
  from,
  sender_chat,
}: Pick<Message, "chat" | "from" | "sender_chat">): number | undefined {
  return chat.type === "channel" ? chat.id : (sender_chat?.id ?? from?.id)
}

/** What a question and its answer have in common. */
export function keyOf({ chat, business_connection_id }: Message, writer: number | undefined): string {
  return [chat.id, writer, ...(business_connection_id === undefined ? [] : [business_connection_id])].join(" ")
}
