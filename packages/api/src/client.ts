import { HookgramError } from "@hookgram/core"
import { type HttpAnswer, readAnswer } from "./answer.ts"
import { pause, withTimeout } from "./attempt.ts"
import { type CallBody, writeBody } from "./body.ts"
import { type ResolvedApiOptions, type RetryOptions, resolveRetry } from "./options.ts"
import { Redaction } from "./redact.ts"
import { repeatDelay } from "./repeat.ts"

/** What can be said of one call, beside its parameters. */
export interface CallOptions {
  /** Ends the call, and the wait for the next attempt, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** As in {@link ApiOptions}, in milliseconds. */
  readonly timeout?: number | undefined
  /** As in {@link ApiOptions}. */
  readonly retry?: RetryOptions | false | undefined
}

/** Makes calls in a bot's name. */
export class Client {
  readonly #root: string
  readonly #redaction: Redaction
  readonly #options: ResolvedApiOptions

  constructor(token: string, options: ResolvedApiOptions) {
    this.#root = `${options.baseUrl}/bot${token}${options.test ? "/test" : ""}/`
    this.#redaction = new Redaction(token)
    this.#options = options
  }

  /** Calls a method until it succeeds, fails for good, or was tried often enough. */
  async call(method: string, parameters: object = {}, options: CallOptions = {}): Promise<unknown> {
    const { signal } = options
    const retry = resolveRetry(options.retry, this.#options.retry)
    const timeout = options.timeout ?? longPoll(method, parameters) ?? this.#options.timeout
    let body: Promise<CallBody> | undefined
    const attemptOnce = async (ended: AbortSignal) =>
      this.#attempt(method, await (body ??= writeBody(parameters)), ended)
    for (let attempt = 1; ; attempt++) {
      try {
        return await withTimeout(method, timeout, signal, attemptOnce)
      } catch (error) {
        const delay = attempt < retry.attempts ? repeatDelay(method, error, attempt, retry.maxDelay) : undefined
        if (delay === undefined) throw error
        await pause(delay, signal)
      }
    }
  }

  async #attempt(method: string, body: CallBody, signal: AbortSignal): Promise<unknown> {
    return readAnswer(method, await this.#send(method, body, signal), (text) => this.#redaction.text(text))
  }

  /** Redirects are not followed: they would carry the token elsewhere. */
  async #send(method: string, body: CallBody, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      const url = this.#root + encodeURIComponent(method)
      const response = await this.#options.fetch(url, { method: "POST", redirect: "manual", signal, ...body })
      return { status: response.status, statusText: response.statusText, text: await response.text() }
    } catch (error) {
      throw new HookgramError(
        "api_unreachable",
        `${method}: ${this.#options.baseUrl} cannot be reached, or has broken off.`,
        { cause: this.#redaction.error(error) },
      )
    }
  }
}

/** A long poll's own time, and 10 s for the way. */
function longPoll(method: string, parameters: { timeout?: unknown }): number | undefined {
  if (method.toLowerCase() !== "getupdates" || typeof parameters.timeout !== "number") return undefined
  return parameters.timeout * 1000 + 10_000
}
