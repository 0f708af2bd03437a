import { HookgramError, RetryLater, type Update, type UpdateKind } from "@hookgram/core"
import type { Asks } from "./asks.ts"
import type { BotContext } from "./context.ts"
import { OpenQuestion } from "./open-question.ts"
import { SharedSignals } from "./shared-signals.ts"

/** How long sending a question may take, in milliseconds: the three attempts of an api, and more. */
const SENDING = 600_000

/** The longest time until an update comes again because {@link Asks} could not be reached, in seconds. */
const LONGEST_WAIT = 300

/** What is to be asked. */
interface Asking {
  readonly key: string
  /** How the answer comes. */
  readonly kind: UpdateKind
  /** In milliseconds, from when the question was sent. */
  readonly timeout: number
  readonly signals: readonly AbortSignal[]
  readonly context: BotContext
  readonly send: () => Promise<unknown>
}

/** The questions of a bot that wait in this process. */
export class Questions {
  readonly #asks: Asks
  readonly #isHandled: (kind: UpdateKind) => boolean
  readonly #signals = new SharedSignals()
  #size = 0

  /** @param isHandled whether the bot has a handler for a kind */
  constructor(asks: Asks, isHandled: (kind: UpdateKind) => boolean) {
    this.#asks = asks
    this.#isHandled = isHandled
  }

  /** How many there are. */
  get size(): number {
    return this.#size
  }

  /** Whether a question has taken the update. */
  offer(key: string, update: Update, { attempt }: BotContext): Promise<boolean> {
    return reached(attempt, () => this.#asks.offer(key, update))
  }

  /** Asks, and waits for the answer. */
  async ask({ key, kind, timeout, signals, context, send }: Asking): Promise<Update> {
    if (!this.#isHandled(kind)) throw unheard(kind)
    check(signals)
    const question = new OpenQuestion(timeout + SENDING, context.update.update_id)
    let close: ((taken?: Update) => void) | undefined
    let taken: Update | undefined
    this.#size++
    try {
      // Before it is sent: without lanes, the answer may be here before Telegram's answer to the call is.
      close = await reached(context.attempt, () => this.#asks.open(key, question))
      await send()
      check(signals) // as long as Telegram has not been answered, the update comes again
      context.detach()
      taken = await this.#answer(question, timeout, signals)
      return taken
    } catch (error) {
      question.end(error)
      throw error
    } finally {
      close?.(taken)
      this.#size--
    }
  }

  async #answer(question: OpenQuestion, timeout: number, signals: readonly AbortSignal[]): Promise<Update> {
    const late = (): void => question.end(new HookgramError("ask_timeout", `There was no answer within ${timeout} ms.`))
    const timer = setTimeout(late, timeout)
    const abort = (reason: unknown): void => question.end(reason)
    for (const signal of signals) this.#signals.add(signal, abort)
    try {
      return await question.answer()
    } finally {
      clearTimeout(timer)
      for (const signal of signals) this.#signals.remove(signal, abort)
    }
  }
}

function check(signals: readonly AbortSignal[]): void {
  for (const signal of signals) signal.throwIfAborted()
}

/** Has the update come again, later each time, when it is not known who waits for what. */
async function reached<T>(attempt: number, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw new RetryLater(Math.min(2 ** attempt, LONGEST_WAIT), { cause })
  }
}

function unheard(kind: UpdateKind): HookgramError {
  return new HookgramError(
    "invalid_options",
    `The answer would come as a ${kind}, which this bot has no handler for, so that allowedUpdates does not name it and ` +
      `Telegram need not send it. Add one, if only bot.on.${kind}(() => {}).`,
  )
}
