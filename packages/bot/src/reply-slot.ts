import type { Api, CallOptions } from "@hookgram/api"
import { unfitReply, type WebhookReply } from "@hookgram/core"
import { HeldCall } from "./held-call.ts"

type Call = (parameters?: object, options?: CallOptions) => Promise<unknown>

/** How long before the deadline a call is made rather than held back any longer, in milliseconds. */
const MARGIN = 100

/** The place in the answer to a webhook, where the first call of a handler may ride if nobody waits for its result. */
export class ReplySlot {
  /** The Bot API, with the first call held back. */
  readonly api: Api
  readonly #calls: Readonly<Record<string, Call>>
  /** In Unix milliseconds; from then on all calls are made at once. */
  readonly #deadline: number
  #isTaken = false
  #held: HeldCall | undefined
  #made: Promise<unknown> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param deadline when Telegram will have its answer, in Unix milliseconds; `Infinity` if it waits for none */
  constructor(api: Api, deadline: number) {
    this.#calls = api as unknown as Readonly<Record<string, Call>>
    this.#deadline = deadline === Number.POSITIVE_INFINITY ? 0 : deadline - MARGIN
    this.api = new Proxy(api, {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name)
        if (typeof name === "symbol" || typeof call !== "function") return call
        return (parameters?: object, options?: CallOptions) => this.#call(name, parameters, options)
      },
    })
  }

  /** Makes the held call now; there will be no other. */
  flush(): void {
    this.#isTaken = true
    clearTimeout(this.#timer)
    const held = this.#held
    this.#held = undefined
    if (!held || held.isMade) return
    this.#made = held.make()
    this.#made.catch(() => {}) // see end()
  }

  /**
   * The reply, if the first call is still held back; the handler is done.
   *
   * @throws what the call threw that was held back and then made, if nobody else has waited for it
   */
  async end(): Promise<WebhookReply | undefined> {
    if (Date.now() >= this.#deadline) this.flush()
    clearTimeout(this.#timer)
    const held = this.#held
    this.#held = undefined
    await this.#made
    return held?.isMade === false ? held.reply : undefined
  }

  #call(method: string, parameters: object = {}, options?: CallOptions): Promise<unknown> {
    const make = (): Promise<unknown> => this.#calls[method]!(parameters, options)
    const isFirst = !this.#isTaken
    this.flush()
    const left = this.#deadline - Date.now()
    const reply = { ...parameters, method }
    if (!isFirst || left <= 0 || options || unfitReply(reply) || !isPlain(parameters)) return make()
    this.#timer = setTimeout(() => this.flush(), left)
    return (this.#held = new HeldCall(reply, make))
  }
}

/** Whether a value is the same when it is written as JSON: no files, no streams, no dates. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "bigint" && typeof value !== "function"
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return false
  return Object.values(value).every(isPlain)
}
