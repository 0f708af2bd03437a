import { Bot, redisAsks, type RedisClient } from "@hookgram/bot"
import { expect, onTestFinished, vi } from "vitest"
import { TestRedis } from "../support/redis.ts"
import { contextOf } from "./asking.ts"
import { type Called, message, pretendApi } from "./pretend.ts"

/** Waits until a check passes, on a busy machine, too. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, 10_000)
}

interface ReplicaOptions {
  readonly answer?: (called: Called) => unknown
  readonly botId?: string
  /** What is between the bot and Redis. */
  readonly between?: (client: RedisClient) => Partial<RedisClient>
}

/** One of several processes of a bot, as far as Redis can tell: it has a connection of its own. */
export async function replicaAt(redis: TestRedis, { answer, botId = "bot", between }: ReplicaOptions = {}) {
  const client = await redis.client()
  const direct: RedisClient = {
    eval: (...parameters) => client.eval(...parameters),
    publish: (...parameters) => client.publish(...parameters),
    subscribe: (...parameters) => client.subscribe(...parameters),
  }
  const { api, calls } = pretendApi(answer)
  const bot = new Bot(api, { asks: redisAsks({ ...direct, ...between?.(direct) }, { botId }) })
  const closing = new AbortController()
  onTestFinished(() => closing.abort()) // so that no question outlives its test
  const context = { ...contextOf().context, closing: closing.signal }
  const seen: unknown[] = []
  bot.on.message(/^\/ask ?(.*)/, async (event, { match }) => {
    const { text } = await event.ask("?", { timeout: Number(match[1] || 60_000) })
    seen.push(`answer: ${text}`)
  })
  bot.on.message(({ text }) => void seen.push(`other: ${text}`))
  return {
    bot,
    calls,
    client,
    /** What its handlers have seen. */
    seen,
    handle: (update: ReturnType<typeof message>) => bot.handleUpdate(update, context),
    /** Handles `/ask`, and resolves when the question waits: with what the handler comes to. */
    async ask(text = "/ask"): Promise<{ handled: Promise<unknown> }> {
      const before = bot.openQuestions
      const sent = calls.length
      const handled = bot.handleUpdate(message(text), context).catch((error: unknown) => error)
      await eventually(() => expect([bot.openQuestions, calls.length]).toEqual([before + 1, sent + 1]))
      return { handled }
    },
  }
}

/** Several of them, and a client to look at what is in Redis. */
export async function replicas(count: number, options?: ReplicaOptions) {
  const redis = await TestRedis.start()
  const all = []
  for (let index = 0; index < count; index++) all.push(await replicaAt(redis, options))
  return { redis, all: all as [Replica, Replica, Replica], spy: await redis.client() }
}

type Replica = Awaited<ReturnType<typeof replicaAt>>
