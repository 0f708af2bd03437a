import { type Api, callerOf, createApi } from "@hookgram/api"
import {
  type HandlerContext,
  HookgramError,
  kindOf,
  type Update,
  type UpdateKind,
  type WebhookReply,
} from "@hookgram/core"
import { answerIn, keyOf, writerOf } from "./ask.ts"
import { type BotContext, noContext, UpdateContext } from "./context.ts"
import { eventOf } from "./events.ts"
import { HeldCall } from "./held-call.ts"
import { type Middleware, runInside } from "./middleware.ts"
import { type On, Routes } from "./on.ts"
import { type BotOptions, resolveBotOptions, type ResolvedBotOptions } from "./options.ts"
import { type BotPollOptions, Polling } from "./polling.ts"
import { Questions } from "./questions.ts"
import { ReplySlot } from "./reply-slot.ts"

/**
 * A bot: handlers for the updates of a webhook, or of polling. It is a `handler` as it is.
 *
 * @example
 * const bot = new Bot(process.env.BOT_TOKEN!)
 * bot.on.message("/start", (message, { args }) => message.answer(`Welcome! ${args}`))
 * bot.on.message(/.+/s, (message, { match }) => message.answer(match[0]))
 * app.use(telegramWebhook({ path: "/telegram", secretToken, handler: bot }))
 */
export class Bot {
  /** Tells a webhook that {@link Bot.handleUpdate} wants the context. */
  readonly takesContext = true
  readonly api: Api
  /**
   * Adds a handler for a kind of update: `bot.on.message(handler)`, `bot.on.callback_query(filter, handler)`. Of the handlers
   * of a kind, the first whose filter lets the event through gets it. Filters are a command such as `"/start"`, which stands
   * for `/start@name_of_the_bot`, too; a regular expression for the text, caption or data; a function of the event.
   *
   * A handler that fails makes Telegram deliver the update again; see {@link Bot.catch}. What it returns is made if it is a call
   * of the Bot API as data, `{ method, … }`, and is otherwise of no interest.
   *
   * @throws HookgramError `invalid_options` when a filter does not fit the kind
   * @example
   * bot.on.callback_query(/^buy:(\d+)$/, (query, { match }) => query.answer(`You have bought ${match[1]}.`))
   */
  readonly on: On
  readonly #options: ResolvedBotOptions
  readonly #routes: Routes
  readonly #middlewares: Middleware[] = []
  readonly #questions: Questions
  #catch: ((error: unknown, context: BotContext) => unknown) | undefined
  #username: string | Promise<string> | undefined
  #polling: Polling | undefined

  /**
   * @param bot the token, or an api made by `createApi`, for another server than Telegram's
   * @throws HookgramError `invalid_options`, naming every field that is wrong
   */
  constructor(bot: string | Api, options: BotOptions = {}) {
    this.api = typeof bot === "object" && bot ? bot : createApi(bot)
    this.#options = resolveBotOptions(options)
    this.#username = this.#options.username
    this.#routes = new Routes(() => (this.#username ??= this.#askUsername()))
    this.on = this.#routes.on
    this.#questions = new Questions(this.#options.asks, (kind) => this.#routes.has(kind))
  }

  /**
   * Has something run around the handlers of every update, whichever way these were added; in the order of these calls.
   *
   * @example
   * bot.use(async ({ update }, next) => {
   *   const start = Date.now()
   *   await next()
   *   console.log(update.update_id, Date.now() - start)
   * })
   */
  use(middleware: Middleware): void {
    this.#middlewares.push(middleware)
  }

  /**
   * Has failures of handlers and middleware handled here, after which the update counts as done; throw the error again, and
   * Telegram delivers it again. `GiveUp` and `RetryLater` are not failures, and do not come here. There is one such handler:
   * the last.
   *
   * @example
   * bot.catch((error, { update }) => console.error(update.update_id, error))
   */
  catch(handler: (error: unknown, context: BotContext) => unknown): void {
    this.#catch = handler
  }

  /** The kinds that have a handler, for `allowed_updates`. Middleware sees these alone if it is used so. */
  get allowedUpdates(): UpdateKind[] {
    return this.#routes.kinds
  }

  /** How many questions of `message.ask` wait for an answer in this process. */
  get openQuestions(): number {
    return this.#questions.size
  }

  /**
   * Handles one update. A webhook calls this, with its context; so may a test, without.
   *
   * @returns with `webhookReply`, the call that answers the webhook, if there is one
   */
  async handleUpdate(update: Update, context: HandlerContext = noContext): Promise<unknown> {
    if (!this.#options.webhookReply) {
      await this.#run(new UpdateContext(update, context, this.api))
      return undefined
    }
    const slot = new ReplySlot(this.api, context.deadline)
    try {
      await this.#run(new UpdateContext(update, context, slot.api, () => slot.flush()))
    } catch (error) {
      slot.flush()
      throw error
    }
    return slot.end()
  }

  /**
   * Fetches updates by long polling until it is stopped: for development, or where no address can be reached from outside.
   *
   * @returns a promise that resolves when polling was stopped, and what ran is done
   * @throws HookgramError `polling_conflict` when a webhook is set, or the bot polls already; a `TelegramError` when the
   * token is wrong
   * @example
   * process.once("SIGTERM", () => bot.stop())
   * await bot.startPolling({ deleteWebhook: true })
   */
  async startPolling(options: BotPollOptions = {}): Promise<void> {
    if (this.#polling) throw new HookgramError("polling_conflict", "This bot polls already: await bot.stop() first.")
    const polling = new Polling(this, this.api, this.allowedUpdates, options)
    this.#polling = polling
    try {
      await polling.ended
    } finally {
      this.#polling = undefined
    }
  }

  /**
   * Ends polling: fetches nothing more, and resolves when what runs is done. After 10 s that is given up, unless polling was
   * given a webhook, which is not closed: it waits as long as that takes.
   */
  async stop(): Promise<void> {
    this.#polling?.stop()
    await this.#polling?.ended.catch(() => {}) // it is told to whoever has started it
  }

  async #run(context: UpdateContext): Promise<void> {
    try {
      await runInside(this.#middlewares, context, () => this.#route(context))
    } catch (error) {
      if (!this.#catch || isOrder(error)) throw error
      await this.#catch(error, context)
    }
  }

  async #route(context: UpdateContext): Promise<void> {
    const { update } = context
    const answer = answerIn(update)
    if (answer && (await this.#questions.offer(keyOf(answer, writerOf(answer)), update, context))) return
    const kind = kindOf(update) as UpdateKind
    if (!this.#routes.has(kind)) return
    const event = eventOf(kind, update, { context, questions: this.#questions })
    const handler = await this.#routes.find(kind, event, context)
    const returned: unknown = await unlessHeld(handler?.(event, context))
    if (isCall(returned)) await unlessHeld(callerOf(context.api)(returned))
  }

  #askUsername(): Promise<string> {
    const asked = this.api.getMe().then(({ username }) => (this.#username = username))
    asked.catch(() => (this.#username = undefined))
    return asked
  }
}

/** Nothing for a call that is held back: to wait for it would be to want its result. */
function unlessHeld(value: unknown): unknown {
  return value instanceof HeldCall ? undefined : value
}

function isCall(value: unknown): value is WebhookReply {
  return typeof value === "object" && value !== null && typeof (value as { method?: unknown }).method === "string"
}

/** Whether it was thrown to say what is to be done with the update. */
function isOrder(error: unknown): boolean {
  return error instanceof HookgramError && (error.code === "give_up" || error.code === "retry_later")
}
