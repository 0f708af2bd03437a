import type { Api } from "@hookgram/api"
import type { HandlerContext, Update } from "@hookgram/core"

/** What a handler of a bot gets beside the event. May be taken apart. */
export interface BotContext extends HandlerContext {
  /** The update as Telegram sent it. */
  readonly update: Update
  /** The Bot API. */
  readonly api: Api
}

/** With a command as the filter. */
export interface CommandContext extends BotContext {
  /** What follows the command, without the space between them; empty if nothing does. */
  readonly args: string
}

/** With a regular expression as the filter. */
export interface MatchContext extends BotContext {
  readonly match: RegExpExecArray
}

/** What a filter has found out. */
export interface Found {
  readonly args?: string
  readonly match?: RegExpExecArray
}

/** One update on its way through a bot. Getters, since a signal costs something only when it is looked at. */
export class UpdateContext implements BotContext {
  readonly update: Update
  readonly api: Api
  readonly attempt: number
  readonly deadline: number
  /** Answers Telegram, and leaves the lane. */
  readonly detach: () => void
  found: Found = {}
  readonly #context: HandlerContext

  constructor(update: Update, context: HandlerContext, api: Api, onDetach?: () => void) {
    this.update = update
    this.api = api
    this.attempt = context.attempt
    this.deadline = context.deadline
    this.#context = context
    this.detach = () => {
      onDetach?.()
      context.detach()
    }
  }

  get signal(): AbortSignal {
    return this.#context.signal
  }

  get closing(): AbortSignal {
    return this.#context.closing
  }

  get args(): string {
    return this.found.args ?? ""
  }

  get match(): RegExpExecArray | undefined {
    return this.found.match
  }
}

const never = new AbortController().signal

/** For an update that comes from nowhere: a test, or a receiver that has nothing to say about it. */
export const noContext: HandlerContext = {
  attempt: 1,
  signal: never,
  closing: never,
  deadline: Number.POSITIVE_INFINITY,
  detach: () => {},
}
