import type { ChosenInlineResult, InlineQuery, InlineQueryResult, Location, Message } from "@grammyjs/types"
import type { Bot } from "../bot.ts"
import type { Chat } from "../chats/chat.ts"
import { newInlineMessageId } from "../chats/ids.ts"
import { resultContent, resultInvoice } from "../chats/inline-result.ts"
import type { Query } from "../chats/query.ts"
import { type Place, publish } from "./place.ts"
import { silence, waitFor, type Waiting } from "./time-out.ts"

/** What goes with an inline query. */
export interface InlineOptions {
  /** What the bot gave as `next_offset` before. Default "". */
  offset?: string
  /** Which bot is asked. Default: that of the private chat, or the first one. */
  bot?: Bot
  /** Where the person is, if the bot asks for that. */
  location?: Location
}

/** What a bot answered with `answerInlineQuery`. */
export interface InlineAnswer {
  results: InlineQueryResult[]
  next_offset?: string
  cache_time?: number
  is_personal?: boolean
  button?: { text: string; start_parameter?: string }
}

/** An inline query that a person made in a chat. */
export class InlineRequest {
  /** What the bot is asked. */
  readonly inlineQuery: InlineQuery
  readonly #place: Place
  readonly #query: Query

  constructor(place: Place, query: string, { offset = "", location, bot = place.bot }: InlineOptions = {}) {
    const { world, user } = place
    const chat = place.find()
    this.#place = { ...place, bot }
    this.#query = world.newQuery({ kind: "inline", bot: bot.id, from: user })
    this.inlineQuery = {
      id: this.#query.id,
      from: user,
      ...(location && { location }),
      chat_type: chatType(this.#place, chat),
      query,
      offset,
    }
    bot.emit("inline_query", this.inlineQuery)
  }

  /** What the bot answered, if it has. */
  get answer(): InlineAnswer | undefined {
    return this.#query.answer as InlineAnswer | undefined
  }

  /**
   * Waits for the bot's answer.
   *
   * @throws {TimeoutError} if it does not answer in time
   */
  answered(waiting: Waiting = {}): Promise<InlineAnswer> {
    const why = () => `The inline query "${this.inlineQuery.query}" was not answered. ${silence(this.#place)}`
    return waitFor(this.#place.world, waiting, () => this.answer, why)
  }

  /**
   * Sends a result, by its id or its position counted from 0, to the chat in which the query was made. The bot is told of
   * it by `chosen_inline_result`.
   *
   * @throws {TimeoutError} if the query is not answered in time
   */
  async choose(result: string | number, waiting: Waiting = {}): Promise<Message> {
    const { results } = await this.answered(waiting)
    const chosen = typeof result === "number" ? results[result] : results.find(({ id }) => id === result)
    if (!chosen) throw new Error(`The bot gave no result ${result}, but ${results.map(({ id }) => id).join(", ")}.`)
    const { world, user, bot } = this.#place
    const { query, location } = this.inlineQuery
    const via = world.users.get(bot.id)
    const content = { ...(via && { via_bot: via }), ...resultContent(world, chosen) }
    const post = publish(this.#place, content)
    const invoice = resultInvoice(chosen)
    if (invoice) post.invoice = invoice
    if (post.message.reply_markup) newInlineMessageId(world, post)
    const told: ChosenInlineResult = {
      from: user,
      ...(location && { location }),
      ...(post.inlineMessageId !== undefined && { inline_message_id: post.inlineMessageId }),
      query,
      result_id: chosen.id,
    }
    bot.emit("chosen_inline_result", told)
    return post.message
  }
}

function chatType({ bot, user }: Place, chat: Chat | undefined): NonNullable<InlineQuery["chat_type"]> {
  if (!chat || bot.privateChats.get(user.id) === chat) return "sender"
  return chat.type
}
