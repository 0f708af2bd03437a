import { answer, answers, type Rejection, rejections } from "./answer.ts"
import { Dispatcher } from "./dispatch.ts"
import { type ErrorCode, HookgramError } from "./errors.ts"
import { Events, type WebhookEvent } from "./events.ts"
import type { LaneKey } from "./lanes.ts"
import { type ResolvedOptions, resolveOptions, type WebhookOptions } from "./options.ts"
import type { Outcome } from "./outcome.ts"
import { parseUpdate } from "./parse.ts"
import type { BodyLimits, WebhookRequest, WebhookResponse } from "./request.ts"
import { Timeouts } from "./timeouts.ts"
import type { Update } from "./update.ts"
import { verifier } from "./verify.ts"

/** The object that receives updates. Made by {@link createWebhook}; mounted on a framework by an adapter. */
export interface Webhook {
  /** Takes a request through all the steps to its answer. Never rejects. */
  receive(request: WebhookRequest): Promise<WebhookResponse>
  /**
   * Takes an update that came by another way (polling, a queue's worker, a test) through the same steps from the claim
   * on, and waits until the handler is done, or detached. An `update` that is none rejects with a HookgramError
   * `invalid_update`.
   */
  accept(update: unknown): Promise<Outcome>
  /**
   * Drains: refuses what comes, lets running and waiting updates finish, then aborts their `signal` and gives them back.
   * A second call waits for the first.
   *
   * @param options.timeout milliseconds to wait before aborting; 10 000 by default
   */
  close(options?: { timeout?: number | undefined }): Promise<void>
  /** What the webhook is doing now. */
  status(): WebhookStatus
  /** The lane of an update, by the option `lane`, for whoever holds updates back himself; throws what that throws. */
  laneOf(update: Update): LaneKey | undefined
  /** Asks the `dedup` store whether it is there; rejects with its error. For health checks: see {@link createHealth}. */
  ping(): Promise<void>
}

export interface WebhookStatus {
  /** Handlers that run and hold their lane. */
  readonly running: number
  /** Updates that wait for their lane or for a slot. */
  readonly waiting: number
  /** Updates that are neither: their handler has called `detach()`, or will be run again later, or is being noted as done. */
  readonly detached: number
  /** Whether `close()` was called. */
  readonly closing: boolean
  /** How often each event has happened. */
  readonly counters: Readonly<Partial<Record<WebhookEvent["type"], number>>>
  /** The last verified update that arrived, and when. */
  readonly lastUpdate: { readonly updateId: number; readonly at: Date } | undefined
}

/**
 * Makes a webhook. The adapters do this by themselves; do it yourself to keep it for `close()` and `status()`.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * const webhook = createWebhook({ secretToken, handler })
 * app.use(telegramWebhook({ path: "/telegram", webhook }))
 * process.once("SIGTERM", () => webhook.close())
 */
export function createWebhook(options: WebhookOptions): Webhook {
  return new Receiver(resolveOptions(options))
}

class Receiver implements Webhook {
  readonly #options: ResolvedOptions
  readonly #limits: BodyLimits
  readonly #verify: (request: WebhookRequest) => Rejection | undefined
  readonly #events: Events
  readonly #dispatcher: Dispatcher
  /** Requests whose body is being read. */
  #reading = 0

  constructor(options: ResolvedOptions) {
    this.#options = options
    this.#limits = { bytes: options.bodyLimit, timeouts: new Timeouts(options.bodyTimeout) }
    this.#verify = verifier(options)
    this.#events = new Events(options.onEvent)
    this.#dispatcher = new Dispatcher(options, this.#events)
  }

  async receive(request: WebhookRequest): Promise<WebhookResponse> {
    try {
      const refusal = this.#refusal(request)
      if (refusal) return refusal
      const rejection = this.#verify(request)
      if (rejection) return this.#reject(rejection, request)
      let body: unknown
      this.#reading++
      try {
        body = await request.body(this.#limits)
      } finally {
        this.#reading--
      }
      const update = parseUpdate(body)
      const outcome = await this.#dispatcher.deliver(update, request)
      if (request.waitUntil || request.timeLeft) await this.#dispatcher.leave(update, outcome, request)
      return answer(outcome, update)
    } catch (error) {
      const rejection = rejectionFor(error)
      if (rejection) return this.#reject(rejection, request)
      this.#events.emit("faulted", undefined, { error })
      return answers.failed
    }
  }

  async accept(update: unknown): Promise<Outcome> {
    return this.#dispatcher.deliver(parseUpdate(update))
  }

  close({ timeout }: { timeout?: number | undefined } = {}): Promise<void> {
    return this.#dispatcher.close(timeout)
  }

  status(): WebhookStatus {
    const { running, waiting, detached, isClosing, lastId, lastAt } = this.#dispatcher
    const lastUpdate = lastId === undefined ? undefined : { updateId: lastId, at: new Date(lastAt) }
    return { running, waiting, detached, closing: isClosing, counters: { ...this.#events.counters }, lastUpdate }
  }

  laneOf(update: Update): LaneKey | undefined {
    return this.#options.lane(update)
  }

  async ping(): Promise<void> {
    await this.#options.dedup.ping?.()
  }

  /** Decided before any byte of the body: closing, or over the limits. */
  #refusal(request: WebhookRequest): WebhookResponse | undefined {
    const { isClosing, running, waiting } = this.#dispatcher
    const { concurrency, queueLimit, bodyLimit } = this.#options
    if (isClosing) {
      this.#events.emit("refused", undefined, { reason: "closing" })
      return answers.busyClose
    }
    if (this.#reading + running + waiting < concurrency + queueLimit) return undefined
    this.#events.emit("refused", undefined, { reason: "busy" })
    return Number(request.header("content-length")) <= bodyLimit ? answers.busy : answers.busyClose
  }

  #reject(rejection: Rejection, request: WebhookRequest): WebhookResponse {
    const { reason, response } = rejection
    this.#events.emit("rejected", undefined, { reason, status: response.status, address: addressOf(request) })
    return response
  }
}

const rejectionOf: ReadonlyMap<ErrorCode, Rejection> = new Map([
  ["body_too_large", rejections.tooLarge],
  ["body_timeout", rejections.timeout],
  ["body_aborted", rejections.aborted],
  ["invalid_update", rejections.invalid],
])

/** The rejection that an error of reading or parsing stands for; none for any other thing that was thrown. */
function rejectionFor(error: unknown): Rejection | undefined {
  try {
    return error instanceof HookgramError ? rejectionOf.get(error.code) : undefined
  } catch {
    return undefined
  }
}

/** For an event only: a framework that cannot tell the address does not change the answer. */
function addressOf(request: WebhookRequest): string | undefined {
  try {
    return request.address()
  } catch {
    return undefined
  }
}
