import type { ApiError } from "../api/error.ts"
import { RawJson } from "../api/method.ts"
import type { Parameters } from "../api/parameters.ts"
import type { Bot } from "../bot.ts"
import type { Timer } from "../clock/clock.ts"
import { storedBytes, type StoredUpdate } from "../updates/list.ts"
import { applyAllowedUpdates } from "./allowed-updates.ts"

/** What a result stays below, in bytes; each update counts 50 more than it has (facts, 7.1). */
const RESULT_BYTES = 4 * 1024 * 1024

/** How long an answer is held back for more updates: after each one, and in all, in milliseconds (facts, 7.2). */
const NEIGHBOURS = 1
const NEIGHBOURS_IN_ALL = 2

/** A call that waits for updates. */
interface Waiting {
  readonly offset: number
  readonly limit: number
  readonly resolve: (result: RawJson) => void
  readonly reject: (error: ApiError) => void
  /** When it is answered, whatever there is, in milliseconds. */
  endsAt: number
  timer: Timer
}

/** `getUpdates`: long polling from a bot's list (facts, 7). */
export class Polling {
  readonly #bot: Bot
  #waiting: Waiting | undefined
  #previous = { offset: 0, startedAt: -Infinity }
  /** Ends the time that a bot works on what it was given: it asks again when it is done. */
  #release = () => {}

  constructor(bot: Bot) {
    this.#bot = bot
  }

  async get(parameters: Parameters, signal?: AbortSignal): Promise<RawJson> {
    if (this.#bot.registration.isSet) {
      throw await this.#bot.conflicts.next(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    }
    this.#release()
    // To 32 bits, as the server reads it.
    const offset = parameters.integer("offset") | 0
    let limit = clamp(parameters.integer("limit", 100), 1, 100)
    let timeout = clamp(parameters.integer("timeout"), 0, 50) * 1000
    applyAllowedUpdates(this.#bot, parameters)
    const now = this.#bot.world.clock.now()
    const sinceSame = offset === this.#previous.offset ? now - this.#previous.startedAt : Infinity
    if (sinceSame < 3000) timeout = Math.max(timeout, 3000)
    if (sinceSame < 500) limit = 1
    this.#previous = { offset, startedAt: now }
    const pending = this.#read(offset, limit)
    if (pending.length > 0 || timeout === 0) return this.#give(pending)
    // Whoever waits until all is confirmed need not wait for this call to end.
    this.#bot.world.clock.changed()
    this.terminate("terminated by other getUpdates request; make sure that only one bot instance is running")
    // What an offset below 0 forgets, it forgets now.
    return this.#wait(Math.max(offset, 0), limit, timeout, signal)
  }

  /** Ends the call that waits with a conflict. */
  terminate(reason: string): void {
    this.#release()
    const waiting = this.#end()
    if (waiting) void this.#bot.conflicts.next(reason).then(waiting.reject)
  }

  /** Answers the call that waits, with what there is. */
  answer(): void {
    const waiting = this.#end()
    waiting?.resolve(this.#give(this.#read(waiting.offset, waiting.limit)))
  }

  /** New updates were stored: the answer follows a moment later, so that neighbours come together (facts, 7.2). */
  wake(): void {
    const waiting = this.#waiting
    if (!waiting) return
    const { clock } = this.#bot.world
    const now = clock.now()
    waiting.endsAt = Math.min(waiting.endsAt, now + NEIGHBOURS_IN_ALL)
    waiting.timer.cancel()
    waiting.timer = clock.after(Math.min(NEIGHBOURS, waiting.endsAt - now), () => this.answer())
  }

  #wait(offset: number, limit: number, timeout: number, signal: AbortSignal | undefined): Promise<RawJson> {
    const { clock } = this.#bot.world
    return new Promise((resolve, reject) => {
      const timer = clock.after(timeout, () => this.answer())
      const endsAt = clock.now() + timeout
      const waiting: Waiting = { offset, limit, resolve, reject, endsAt, timer }
      this.#waiting = waiting
      // The caller is gone: there is nobody to answer.
      signal?.addEventListener("abort", () => {
        if (this.#waiting === waiting) this.#end()
        resolve(result([]))
      })
    })
  }

  #give(updates: readonly StoredUpdate[]): RawJson {
    if (updates.length > 0) this.#release = this.#bot.world.clock.hold()
    return result(updates)
  }

  #end(): Waiting | undefined {
    const waiting = this.#waiting
    waiting?.timer.cancel()
    this.#waiting = undefined
    return waiting
  }

  /** Forgets what the offset confirms (facts, 7.1), and gives what is left. */
  #read(offset: number, limit: number): StoredUpdate[] {
    const { updates } = this.#bot
    if (offset < 0) updates.keepNewest(-offset)
    // One that is far above all ids confirms nothing; nor does one below them.
    else if (offset <= updates.nextId + 10) updates.forgetBefore(offset)
    let bytes = 0
    return updates.from(0, limit).filter((update) => {
      bytes += storedBytes(update) + 50
      return bytes < RESULT_BYTES
    })
  }
}

function result(updates: readonly StoredUpdate[]): RawJson {
  return new RawJson(`[${updates.map(({ id, kind, text }) => `{"update_id":${id},\n"${kind}":${text}}`).join(",")}]`)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
