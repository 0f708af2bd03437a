import type { Parameters } from "../api/parameters.ts"
import type { Bot } from "../bot.ts"
import { type Timer, unixTime } from "../clock/clock.ts"
import { Attempt } from "./attempt.ts"
import type { Connection, Ending } from "./connection.ts"
import { Connections } from "./connections.ts"
import { dial } from "./dial.ts"
import type { Faults } from "./faults.ts"
import { Gone } from "./gone.ts"
import { type InFlight, Queues } from "./queues.ts"
import { mayReplyWith } from "./reply.ts"
import { requestWriter } from "./request.ts"
import type { WebhookAnswer } from "./response.ts"
import { waitAfterFailure } from "./retry.ts"
import type { WebhookUrl } from "./url.ts"

/** A webhook as it was set. */
export interface WebhookSettings {
  readonly url: WebhookUrl
  readonly maxConnections: number
  /** "" for none. */
  readonly secretToken: string
  /** A PEM, trusted in place of the system's certificates. */
  readonly certificate?: string
}

/** What a delivery tells the bot it delivers for. */
export interface DeliveryEvents {
  /** Something went wrong that is shown as `last_error_message`. */
  failed(error: string): void
  /** The receiver answered 410 for too long: the webhook is to be removed (facts, 3.6). */
  gone(): void
  /** An answer asked for a method to be called (facts, 4). */
  replied(parameters: Parameters): void
}

/**
 * Delivers a bot's updates to its webhook for as long as it is set: loads them into queues, keeps connections, sends,
 * and tries again (facts, 2 and 3).
 */
export class WebhookDelivery {
  readonly #bot: Bot
  readonly #events: DeliveryEvents
  readonly #faults: Faults
  readonly #queues: Queues
  readonly #connections: Connections
  readonly #write: ReturnType<typeof requestWriter>
  readonly #gone: Gone
  readonly #attempts = new Map<Connection, Attempt>()
  #timer: Timer | undefined
  #scheduled = false
  #stopped = false

  constructor(bot: Bot, settings: WebhookSettings, address: string, faults: Faults, events: DeliveryEvents) {
    const { url, maxConnections, secretToken, certificate } = settings
    const { clock } = bot.world
    this.#bot = bot
    this.#events = events
    this.#faults = faults
    this.#queues = new Queues(bot.updates, maxConnections * 2)
    this.#gone = new Gone(clock)
    this.#write = requestWriter(url, secretToken)
    this.#connections = new Connections(address, maxConnections, clock, (to) => dial(url, to, certificate), {
      answered: (connection, answer) => this.#answered(connection, answer),
      ended: (connection, ending) => this.#ended(connection, ending),
    })
    // One connection is opened at once, whether there is something to send or not (facts, 2.5).
    this.#connections.open(1)
    this.wake()
  }

  /** Where it connects to. Connections to another one are closed after their next answer (facts, 1.3). */
  set address(address: string) {
    this.#connections.address = address
  }

  /** Looks for something to do, soon: many calls of one moment are one look. */
  wake(): void {
    if (this.#scheduled || this.#stopped) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      if (!this.#stopped) this.#look()
    })
  }

  /** Cuts all connections. What was in flight stays in the list, and will be delivered again (facts, 5.4). */
  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
    this.#connections.stop()
    for (const attempt of this.#attempts.values()) attempt.end({ outcome: "cut" })
    this.#attempts.clear()
  }

  #look(): void {
    const { clock } = this.#bot.world
    this.#queues.load(clock.now())
    const openAt = this.#connections.open(this.#queues.size)
    while (this.#connections.idle > 0) {
      const next = this.#queues.take(clock.now())
      if (!next) break
      this.#send(next)
    }
    this.#timer?.cancel()
    const sendAt = this.#connections.idle > 0 ? this.#queues.nextAt : undefined
    const nextAt = Math.min(openAt ?? Infinity, sendAt ?? Infinity)
    this.#timer = nextAt < Infinity ? clock.after(nextAt - clock.now(), () => this.wake()) : undefined
  }

  #send(inFlight: InFlight): void {
    const { update } = inFlight.loaded
    const request = this.#write(update)
    // Too long a head: the queue is stuck, and nothing is recorded (facts, 1.1).
    if (request === undefined) return
    const { clock, journal } = this.#bot.world
    const fault = this.#faults.take(update)
    const attempt = new Attempt(this.#bot.id, inFlight, journal, clock, fault?.kind)
    this.#attempts.set(this.#connections.send(request, fault), attempt)
  }

  #answered(connection: Connection, { status, error, retryAfter, parameters }: WebhookAnswer): void {
    const attempt = this.#attempts.get(connection)
    this.#attempts.delete(connection)
    this.#gone.answered(status)
    if (error === undefined) {
      const reply = parameters.text("method")
      if (mayReplyWith(reply)) this.#events.replied(parameters)
      this.#connections.succeeded()
      if (attempt) this.#queues.done(attempt.inFlight)
      attempt?.end({ outcome: "delivered", status, ...(reply && { reply }) })
    } else {
      this.#events.failed(error)
      if (attempt) this.#fail(attempt, retryAfter, error, status)
    }
    if (this.#gone.isForGood) this.#events.gone()
    this.wake()
  }

  #ended(connection: Connection, { error }: Ending): void {
    const attempt = this.#attempts.get(connection)
    this.#attempts.delete(connection)
    if (error !== undefined) this.#events.failed(error)
    if (attempt) this.#fail(attempt, 0, error ?? "Webhook connection closed")
    this.wake()
  }

  #fail(attempt: Attempt, retryAfter: number, error: string, status?: number): void {
    const { clock, random } = this.#bot.world
    const { loaded } = attempt.inFlight
    // Of its own, for it must not matter which of several answers is read first.
    const seconds = waitAfterFailure(loaded, retryAfter, random.of(loaded.update.id, loaded.failures))
    const failed = { error, ...(status !== undefined && { status }) }
    if (unixTime(clock) + seconds > loaded.update.expires) {
      this.#queues.done(attempt.inFlight)
      attempt.end({ ...failed, outcome: "dropped" })
      return
    }
    loaded.wakeAt = clock.now() + seconds * 1000
    this.#queues.retry(attempt.inFlight)
    attempt.end({ ...failed, outcome: "failed", retryAt: loaded.wakeAt })
  }
}
