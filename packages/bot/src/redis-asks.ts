import { checked, type Update } from "@hookgram/core"
import { z } from "zod"
import type { Asks, Question } from "./asks.ts"
import { closeScript, HANDED, NOBODY, offerScript, openScript } from "./redis-scripts.ts"

/** As much of a Redis client as is needed; that of the package `redis` has it. */
export interface RedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  publish(channel: string, message: string): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
}

/** What {@link redisAsks} has to know beside the client. */
export interface RedisAsksOptions {
  /** The bot's id, or any name of it: it keeps the bots apart that share a Redis. */
  readonly botId: string | number
  /**
   * The connection that listens. With the protocol RESP2 it has to be one of its own.
   * @default the client
   */
  readonly subscriber?: Pick<RedisClient, "subscribe"> | undefined
  /**
   * What the names of keys and channels begin with.
   * @default "hookgram:asks:"
   */
  readonly prefix?: string | undefined
}

/** How long Redis and the process that has asked may take to answer: less than a webhook's `deadline`. */
const PATIENCE = 3000

/** How long it is remembered that an update was an answer: longer than it takes until it comes again, if it does. */
const MEMORY = 600_000

const has = (name: keyof RedisClient) => (value: unknown) =>
  typeof (value as Partial<RedisClient> | undefined)?.[name] === "function"

const schema = z.strictObject({
  botId: z.union([z.string().min(1), z.int()], { error: "must be the bot's id" }),
  subscriber: z.custom<Pick<RedisClient, "subscribe">>(has("subscribe"), "must be a client with subscribe").optional(),
  prefix: z.string({ error: "must be a text" }).default("hookgram:asks:"),
})

/**
 * Where questions are known to all processes of a bot: for the option `asks`. An answer that another process gets is handed to
 * the one that has asked, and Telegram is answered when that one has taken it; if it is gone, the answer goes to the handlers.
 * Costs a round trip for each message. Not for a Redis Cluster, where nobody can tell who listens.
 *
 * @param client connected, and closed by whoever made it
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * import { redisAsks } from "@hookgram/bot"
 * import { createClient } from "redis"
 *
 * const redis = await createClient({ url: process.env.REDIS_URL! }).on("error", console.error).connect()
 * const subscriber = await redis.duplicate().on("error", console.error).connect()
 * const bot = new Bot(process.env.BOT_TOKEN!, { asks: redisAsks(redis, { botId: "orders", subscriber }) })
 */
export function redisAsks(client: RedisClient, options: RedisAsksOptions): Asks {
  const conflicts = has("eval")(client) && has("publish")(client) ? [] : ["client: must have eval and publish"]
  const {
    botId,
    subscriber = client,
    prefix,
  } = checked("These options of redisAsks are wrong", schema.safeParse(options), conflicts)
  return new RedisAsks(client, subscriber, `${prefix}${botId}:`)
}

/** What processes tell each other. */
type Letter =
  | { readonly offer: number; readonly from: string; readonly key: string; readonly update: Update }
  | { readonly offer: number; readonly isTaken: boolean }
  | { readonly replaced: string; readonly key: string }

interface Entry {
  /** The address of this process, and a number. */
  readonly id: string
  readonly question: Question
}

class RedisAsks implements Asks {
  readonly #client: RedisClient
  readonly #subscriber: Pick<RedisClient, "subscribe">
  readonly #prefix: string
  /** The channel of this process. */
  readonly #inbox: string
  #listening: Promise<unknown> | undefined
  #isListening = false
  #count = 0
  /** The questions of this process. */
  readonly #entries = new Map<string, Entry>()
  /** Those who wait to hear whether their update was taken. */
  readonly #offers = new Map<number, (isTaken: boolean) => void>()

  constructor(client: RedisClient, subscriber: Pick<RedisClient, "subscribe">, prefix: string) {
    this.#client = client
    this.#subscriber = subscriber
    this.#prefix = prefix
    this.#inbox = `${prefix}${crypto.randomUUID()}`
  }

  async open(key: string, question: Question): Promise<(taken?: Update) => void> {
    const entry: Entry = { id: `${this.#inbox}#${++this.#count}`, question }
    const close = (taken?: Update): void => void this.#close(key, entry, taken)
    this.#entries.get(key)?.question.replace()
    this.#entries.set(key, entry)
    try {
      const lifetime = Math.ceil(question.lifetime)
      await within(PATIENCE, () => this.#run(openScript, key, undefined, entry.id, lifetime, key))
    } catch (error) {
      close()
      throw error
    }
    return close
  }

  async offer(key: string, update: Update): Promise<boolean> {
    const offer = ++this.#count
    const heard = new Promise<boolean>((resolve) => this.#offers.set(offer, resolve))
    const letter: Letter = { offer, from: this.#inbox, key, update }
    try {
      return await within(PATIENCE, async () => {
        const found = await this.#run(offerScript, key, update, JSON.stringify(letter))
        return found === HANDED ? heard : found !== NOBODY
      })
    } finally {
      this.#offers.delete(offer)
    }
  }

  /** Written at once, so that it comes before whatever the asker does next. */
  async #close(key: string, entry: Entry, taken: Update | undefined): Promise<void> {
    try {
      await this.#run(closeScript, key, taken, entry.id, MEMORY)
    } catch {
      // It goes by itself in time.
    }
    // Up to here, it may have been handed over once more.
    if (this.#entries.get(key) === entry) this.#entries.delete(key)
  }

  async #listen(): Promise<void> {
    // What is not answered is offered again.
    const listener = (text: string): void => void this.#receive(text).catch(() => {})
    this.#listening ??= this.#subscriber.subscribe(this.#inbox, listener)
    try {
      await this.#listening
      this.#isListening = true
    } catch (error) {
      this.#listening = undefined
      throw error
    }
  }

  async #receive(text: string): Promise<void> {
    const letter = JSON.parse(text) as Letter
    if ("isTaken" in letter) return this.#offers.get(letter.offer)?.(letter.isTaken)
    const entry = this.#entries.get(letter.key)
    if ("replaced" in letter) {
      if (entry?.id === letter.replaced) entry.question.replace()
      return
    }
    const isTaken = (await entry?.question.take(letter.update)) ?? false
    const answer: Letter = { offer: letter.offer, isTaken }
    await this.#client.publish(letter.from, JSON.stringify(answer))
  }

  async #run(script: string, key: string, update: Update | undefined, ...values: unknown[]): Promise<unknown> {
    if (!this.#isListening) await this.#listen()
    const name = this.#prefix + key
    const keys = update ? [name, `${name}:${update.update_id}`] : [name]
    return this.#client.eval(script, { keys, arguments: values.map(String) })
  }
}

/** Does something, unless that takes too long. */
async function within<T>(patience: number, act: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`Neither Redis nor another process that listens there has answered within ${patience} ms.`)
    timer = setTimeout(reject, patience, error)
  })
  try {
    return await Promise.race([act(), late])
  } finally {
    clearTimeout(timer)
  }
}
