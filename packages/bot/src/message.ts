import type { Message } from "@grammyjs/types"
import type { Api } from "@hookgram/api"
import { type AskOptions, askTimeout, keyOf } from "./ask.ts"
import type { Asks } from "./asks.ts"
import type { BotContext } from "./context.ts"

/** A text, or the parameters of `sendMessage` beside the chat. */
export type Outgoing = string | Omit<Parameters<Api["sendMessage"]>[0], "chat_id">

/** What a handler can do with a message beside reading it. */
export interface MessageActions {
  /** Sends a message to the same chat (and topic). */
  answer(text: Outgoing): Promise<Message.TextMessage>
  /** As {@link MessageActions.answer}, and shows what it replies to. */
  reply(text: Outgoing): Promise<Message.TextMessage>
  /**
   * Sends a question and waits for the next message of the same person in this chat, which goes to no other handler.
   * Telegram is answered 200 while it waits, and the lane is free: a failure from here on is a dead letter. A question
   * takes the place of another one that is open.
   *
   * @throws HookgramError `ask_timeout`; `ask_replaced`; `closing` when the webhook closes; what sending throws
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
  readonly asks: Asks<Message>
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
    const { context, asks } = this.#scope
    // Before it is sent: without lanes, the answer may be here before Telegram's answer to the call is.
    const ask = asks.open(keyOf(this.#message, this.#writer))
    try {
      await this.answer(question)
    } catch (error) {
      ask.reject(error)
      throw error
    }
    context.detach()
    const { signal } = options
    const answer = await ask.wait(timeout, [context.signal, context.closing, ...(signal ? [signal] : [])])
    return botMessage(answer, this.#writer, this.#scope)
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
