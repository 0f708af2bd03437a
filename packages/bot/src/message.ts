import type { Message } from "@grammyjs/types"
import type { Api } from "@hookgram/api"
import { answerIn, answerKind, type AskOptions, askTimeout, keyOf } from "./ask.ts"
import type { BotContext } from "./context.ts"
import type { Questions } from "./questions.ts"

/** A text, or the parameters of `sendMessage` beside the chat. */
export type Outgoing = string | Omit<Parameters<Api["sendMessage"]>[0], "chat_id">

/** What a handler can do with a message beside reading it. */
export interface MessageActions {
  /** Sends a message to the same chat (and topic). */
  answer(text: Outgoing): Promise<Message.TextMessage>
  /** As {@link MessageActions.answer}, and shows what it replies to. */
  reply(text: Outgoing): Promise<Message.TextMessage>
  /**
   * Sends a question and waits for the next message of the same person in this chat, which goes to no other handler; only
   * messages are answers, a pressed button goes to the handlers. Telegram is answered 200 once the question is sent, and the
   * lane is free: a failure from here on is a dead letter. A question takes the place of another one that is open.
   *
   * @throws HookgramError `ask_timeout`; `ask_replaced`; `closing` when the webhook closes; `invalid_options` when the bot
   * has no handler for the kind that the answer comes as, or `timeout` is wrong; `retry_later` when the option `asks` of the
   * bot cannot be reached; what sending throws
   * @example
   * const name = await message.ask("What is your name?", { timeout: 60_000 })
   * await name.answer(`Hello, ${name.text}`)
   */
  ask(question: Outgoing, options?: AskOptions): Promise<BotMessage>
}

/** Telegram's message with something to do. */
export type BotMessage<Type extends Message = Message> = Type & MessageActions

/** What messages of an update act through. */
export interface Scope {
  readonly context: BotContext
  readonly questions: Questions
}

/** A copy of Telegram's message: what is Telegram's is its own, the rest is inherited, so that it prints as before. */
class IncomingMessage implements MessageActions {
  readonly #message: Message
  readonly #writer: number | undefined
  readonly #scope: Scope

  constructor(message: Message, writer: number | undefined, scope: Scope) {
    Object.assign(this, message)
    this.#message = message
    this.#writer = writer
    this.#scope = scope
  }

  answer(text: Outgoing): Promise<Message.TextMessage> {
    return this.#send(outgoing(text))
  }

  reply(text: Outgoing): Promise<Message.TextMessage> {
    return this.#send({ reply_parameters: { message_id: this.#message.message_id }, ...outgoing(text) })
  }

  async ask(question: Outgoing, options: AskOptions = {}): Promise<BotMessage> {
    const timeout = askTimeout(options)
    const { context, questions } = this.#scope
    const answer = await questions.ask({
      key: keyOf(this.#message, this.#writer),
      kind: answerKind(this.#message),
      timeout,
      signals: [context.signal, context.closing, ...(options.signal ? [options.signal] : [])],
      context,
      send: () => this.answer(question),
    })
    return botMessage(answerIn(answer)!, this.#writer, this.#scope)
  }

  #send(parameters: Exclude<Outgoing, string>): Promise<Message.TextMessage> {
    const { chat, business_connection_id, is_topic_message, message_thread_id, direct_messages_topic } = this.#message
    return this.#scope.context.api.sendMessage({
      chat_id: chat.id,
      ...(business_connection_id !== undefined && { business_connection_id }),
      ...(is_topic_message && message_thread_id !== undefined && { message_thread_id }),
      ...(direct_messages_topic && { direct_messages_topic_id: direct_messages_topic.topic_id }),
      ...parameters,
    })
  }
}

function outgoing(text: Outgoing): Exclude<Outgoing, string> {
  return typeof text === "string" ? { text } : text
}

/** @param writer whose next message answers a question */
export function botMessage(message: Message, writer: number | undefined, scope: Scope): BotMessage {
  return new IncomingMessage(message, writer, scope) as unknown as BotMessage
}
