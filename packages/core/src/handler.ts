import type { Update } from "./update.ts"

/** What a handler gets beside the update. May be taken apart: `(update, { signal, detach }) => …`. */
export interface HandlerContext {
  /** Which run of the handler for this update this is: 1, 2, … */
  readonly attempt: number
  /** Aborted when the webhook closes before the handler is done, or when another machine has taken the update over. */
  readonly signal: AbortSignal
  /**
   * Aborted as soon as the webhook begins to close, while the handler still has its time: from then on no update comes, so
   * that waiting for one is of no use.
   */
  readonly closing: AbortSignal
  /** When Telegram will have been answered, in Unix milliseconds; `Infinity` where nobody waits. */
  readonly deadline: number
  /**
   * Answers Telegram 200 now and leaves the lane and the `concurrency` limit, so that the chat's next update can be
   * handled while this handler goes on. A failure from here on is a dead letter.
   */
  readonly detach: () => void
}

/**
 * What is run for an update. A failure (a throw or a rejection) makes Telegram deliver the update again; see
 * `GiveUp` and `RetryLater`. A returned {@link WebhookReply} is carried out; anything else returned is ignored.
 */
export type HandlerFunction = (update: Update, context: HandlerContext) => unknown

/** A bot library's object: grammY's, Telegraf's or any other's that has `handleUpdate`. */
export interface BotLike {
  /** Called with the update alone: as a second argument, other libraries expect an HTTP response. */
  // A method, so that a library's own type of an update fits whatever version of the Bot API it describes.
  handleUpdate(update: never): unknown
  /** grammY wants to be initialised before its first update, which asks Telegram who the bot is. */
  isInited?(): boolean
  init?(): Promise<unknown>
}

/** A bot that says that it takes the context as its second argument, as that of `@hookgram/bot` does. */
export interface ContextBot {
  readonly takesContext: true
  handleUpdate(update: Update, context: HandlerContext): unknown
}

export type Handler = HandlerFunction | BotLike | ContextBot

/** One function for all kinds of handler. */
export function handlerFunction(handler: Handler): HandlerFunction {
  if (typeof handler === "function") return handler
  if (takesContext(handler)) return (update, context) => handler.handleUpdate(update, context)
  const handleUpdate = (update: Update): unknown => handler.handleUpdate(update as never)
  return handler.init && handler.isInited ? initialised(handler, handleUpdate) : handleUpdate
}

function takesContext(handler: BotLike | ContextBot): handler is ContextBot {
  return "takesContext" in handler && handler.takesContext
}

/** Initialises the bot before its first update: once, however many come at the same time, and again if that fails. */
function initialised(bot: BotLike, handleUpdate: (update: Update) => unknown): HandlerFunction {
  let pending: Promise<unknown> | undefined
  return async (update) => {
    if (!bot.isInited?.()) {
      pending ??= Promise.resolve(bot.init?.()).finally(() => {
        pending = undefined
      })
      await pending
    }
    return handleUpdate(update)
  }
}
