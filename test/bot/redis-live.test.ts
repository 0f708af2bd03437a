import { createApi } from "@hookgram/api"
import { Bot, type BotMessage, redisAsks } from "@hookgram/bot"
import { createWebhook, type WebhookOptions } from "@hookgram/core"
import { startSimulator } from "@hookgram/simulator"
import { expect, onTestFinished, test } from "vitest"
import { describeWithRedis, TestRedis } from "../support/redis.ts"
import { secretToken, serve } from "./live.ts"
import { roundRobin } from "./round-robin.ts"

/** Three replicas behind a load balancer: what each of them has seen, and whoever else they are for. */
async function balanced(options: Partial<WebhookOptions> = {}) {
  const telegram = await startSimulator({ seed: 7 })
  onTestFinished(() => telegram.close())
  const redis = await TestRedis.start()
  const api = createApi(telegram.token, { baseUrl: telegram.url })
  const others: string[] = []
  const updates: number[] = []
  const targets: string[] = []
  for (const index of [0, 1, 2]) {
    const bot = new Bot(api, { asks: redisAsks(await redis.client(), { botId: "bot" }) })
    updates.push(0)
    bot.use((_, next) => (updates[index]!++, next()))
    bot.on.message("/sum", async (event) => {
      let sum = 0
      let last: BotMessage = event
      for (const name of ["a", "b", "c"]) {
        last = await last.ask(`${name}?`)
        sum += Number(last.text)
      }
      await last.answer(`= ${sum}`)
    })
    bot.on.message(({ text }) => void others.push(text!))
    targets.push(await serve(createWebhook({ secretToken, handler: bot, onEvent: () => {}, ...options })))
  }
  await api.setWebhook({ url: await roundRobin(targets), secret_token: secretToken })
  return { telegram, redis, others, updates }
}

const ways: Readonly<Record<string, Partial<WebhookOptions>>> = {
  "by default": {},
  "that answer at once": { deadline: 0 },
  "that answer when they are done": { deadline: 55_000, onDeadline: "retry" },
  "without lanes": { lane: () => undefined },
}

describeWithRedis("replicas behind a load balancer", () => {
  test.each(Object.entries(ways))("%s: people talk to them side by side", async (_, options) => {
    const { telegram, others, updates } = await balanced(options)
    const people = Array.from({ length: 5 }, (_unused, index) => telegram.user(`Person ${index}`))
    await Promise.all(
      people.map(async (person, index) => {
        for (let round = 0; round < 3; round++) {
          await person.send("/sum")
          for (const question of ["a?", "b?", "c?"]) {
            expect((await person.nextReply()).text).toBe(question)
            await person.send(String(index))
          }
          expect((await person.nextReply()).text).toBe(`= ${index * 3}`)
        }
      }),
    )
    await people[0]!.send("Thanks")
    await telegram.until(() => others.length > 0 && telegram.bot.updates.size === 0)
    expect(others).toEqual(["Thanks"])
    expect(updates.reduce((sum, count) => sum + count)).toBe(61) // each update once
    expect(Math.min(...updates)).toBeGreaterThan(10)
  })

  test("answers that are sent all at once reach their questions in order", async () => {
    const { telegram, others } = await balanced()
    const ana = telegram.user("Ana")
    await ana.send("/sum")
    expect((await ana.nextReply()).text).toBe("a?")
    for (const text of ["1", "20", "300", "too much"]) await ana.send(text)
    for (const text of ["b?", "c?", "= 321"]) expect((await ana.nextReply()).text).toBe(text)
    await telegram.until(() => others.length > 0)
    expect(others).toEqual(["too much"])
  })

  test("while Redis is away, Telegram keeps what is written; nothing is lost and nothing comes twice", async () => {
    const { telegram, redis, others } = await balanced()
    const people = Array.from({ length: 4 }, (_, index) => telegram.user(`Person ${index}`))
    const expected: string[] = []
    const write = async (from: number, to: number) => {
      for (let number = from; number < to; number++) {
        for (const [index, person] of people.entries()) {
          expected.push(`${index}: ${number}`)
          await person.send(`${index}: ${number}`)
        }
      }
    }
    await write(0, 5)
    await telegram.until(() => others.length === 20)
    await redis.kill()
    await write(5, 10)
    await telegram.until(() => telegram.deliveries.filter(({ status }) => status === 503).length >= people.length)
    await redis.start()
    await write(10, 15)
    await telegram.until(() => telegram.bot.updates.size === 0, 60_000)
    for (const [index] of people.entries()) {
      const mine = (texts: readonly string[]) => texts.filter((text) => text.startsWith(`${index}:`))
      expect(mine(others)).toEqual(mine(expected))
    }
  }, 90_000)
})
