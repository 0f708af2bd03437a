import { Bot, redisAsks } from "@hookgram/bot"
import { expect, test } from "vitest"
import { gate } from "../core/gate.ts"
import { describeWithRedis, TestRedis } from "../support/redis.ts"
import { callbackQuery, message, pretendApi, updateOf } from "./pretend.ts"
import { eventually, replicaAt, replicas } from "./replicas.ts"

describeWithRedis("questions across replicas", () => {
  test("an answer that another replica gets goes to the one that has asked, and to no handler", async () => {
    const { all, spy } = await replicas(3)
    const [a, b, c] = all
    const { handled } = await a.ask()
    await c.handle(message("I am Ben", { from: { id: 8 }, chat: { id: 8, type: "private" } }))
    await b.handle(message("Ana"))
    await handled
    await c.handle(message("Thanks"))
    expect([a.seen, b.seen, c.seen]).toEqual([["answer: Ana"], [], ["other: I am Ben", "other: Thanks"]])
    const keys = await spy.keys("*")
    expect(keys).toHaveLength(1) // that the update was taken, for as long as it may come again
    expect(await spy.pTTL(keys[0]!)).toBeGreaterThan(500_000)
    expect(await spy.pTTL(keys[0]!)).toBeLessThanOrEqual(600_000)
  })

  test("a conversation goes on wherever its answers arrive", async () => {
    const { all } = await replicas(3)
    const [a, b, c] = all
    const talked: unknown[] = []
    a.bot.on.callback_query(async (query) => {
      const first = await query.message!.ask("1?")
      const second = await first.ask("2?")
      const third = await first.ask("3?")
      talked.push(first.text, second.text, third.text)
    })
    const handled = a.handle(callbackQuery("book"))
    await eventually(() => expect(a.calls).toHaveLength(1))
    // Each as soon as the one before is done, as Telegram does.
    await b.handle(message("one"))
    await c.handle(message("two"))
    await a.handle(message("three"))
    await handled
    expect([talked, a.seen, b.seen, c.seen]).toEqual([["one", "two", "three"], [], [], []])
  })

  test("an answer is done when the asker has it, and not when its handler is done", async () => {
    const { all } = await replicas(2)
    const [a, b] = all
    const work = gate()
    const order: string[] = []
    a.bot.on.edited_message(async (event) => {
      order.push((await event.ask("?")).text!)
      await work.opened
      order.push("worked")
    })
    const handled = a.handle(updateOf("edited_message", message("edited").message!))
    await eventually(() => expect(a.calls).toHaveLength(1))
    await b.handle(message("yes"))
    order.push("done")
    work.open()
    await handled
    expect(order).toEqual(["yes", "done", "worked"])
  })

  test("of two answers at once, one is taken, and the other goes to the handlers", async () => {
    const { all } = await replicas(3)
    const [a, b, c] = all
    for (let round = 0; round < 20; round++) {
      for (const { seen } of all) seen.length = 0
      const { handled } = await a.ask()
      await Promise.all([b.handle(message("b")), c.handle(message("c"))])
      await handled
      const all3 = [...a.seen, ...b.seen, ...c.seen]
      expect(all3.toSorted()).toEqual(a.seen[0] === "answer: b" ? ["answer: b", "other: c"] : ["answer: c", "other: b"])
    }
  })

  test.each([
    ["elsewhere", 1],
    ["here", 0],
  ])("a question that is asked %s takes the place of the first, which is told", async (_, index) => {
    const { all } = await replicas(3)
    const [a, , c] = all
    const first = await a.ask()
    const other = all[index]!
    other.bot.on.edited_message(async (event) => void other.seen.push((await event.ask("Or?")).text))
    const second = other.handle(updateOf("edited_message", message("edited").message!))
    expect(await first.handled).toMatchObject({ code: "ask_replaced" })
    await eventually(() => expect(other.calls.at(-1)).toMatchObject({ parameters: { text: "Or?" } }))
    await c.handle(message("yes"))
    await second
    expect([other.seen, c.seen]).toEqual([["yes"], []])
    expect(all.map(({ bot }) => bot.openQuestions)).toEqual([0, 0, 0])
  })

  test("after its time-out, an answer goes to the handlers, and nothing is left", async () => {
    const { all, spy } = await replicas(2)
    const [a, b] = all
    const { handled } = await a.ask("/ask 1500")
    expect(await spy.dbSize()).toBe(1)
    const [key] = await spy.keys("*")
    const left = await spy.pTTL(key!) // should the process die
    expect(left).toBeGreaterThan(500_000)
    expect(left).toBeLessThanOrEqual(601_500)
    expect(await handled).toMatchObject({ code: "ask_timeout" })
    await b.handle(message("late"))
    expect([a.seen, b.seen, await spy.dbSize()]).toEqual([[], ["other: late"], 0])
  })

  test("bots that share a Redis do not hear each other's answers", async () => {
    const { redis, all } = await replicas(1)
    const other = await replicaAt(redis, { botId: "other" })
    const { handled } = await all[0].ask()
    await other.handle(message("not you"))
    await all[0].handle(message("you"))
    await handled
    expect([all[0].seen, other.seen]).toEqual([["answer: you"], ["other: not you"]])
  })

  test("a message costs one command, and one more where there is an answer", async () => {
    const { all, spy } = await replicas(2)
    const [a, b] = all
    const commands = async () => {
      const stats = await spy.info("commandstats")
      const count = (name: string) => Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0)
      return { evals: count("eval"), published: count("publish"), subscribed: count("subscribe") }
    }
    await b.handle(message("first"))
    const before = await commands()
    for (let index = 0; index < 10; index++) await b.handle(message("hi"))
    const after = await commands()
    expect(after).toEqual({ ...before, evals: before.evals + 10 })
    await a.ask()
    await b.handle(message("yes"))
    await eventually(async () => {
      // For "/ask", and for the question: opened, offered, closed. It was handed over and told. Both listen now.
      const evals = after.evals + 4
      expect(await commands()).toEqual({ evals, published: after.published + 2, subscribed: after.subscribed + 1 })
    })
  })

  test("with the protocol RESP2, a connection of its own listens", async () => {
    const redis = await TestRedis.start()
    const connections = await Promise.all([1, 2, 3, 4].map(() => redis.client(2)))
    const seen: unknown[] = []
    const bots = [connections.slice(0, 2), connections.slice(2)].map(([client, subscriber]) => {
      const bot = new Bot(pretendApi().api, {
        asks: redisAsks(client!, { botId: 1, subscriber: subscriber!, prefix: "p:" }),
      })
      bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
      return bot
    })
    const handled = bots[0]!.handleUpdate(message("/ask"))
    await eventually(async () => expect(await connections[0]!.keys("*")).toEqual(["p:1:7 7"]))
    await bots[1]!.handleUpdate(message("yes"))
    await handled
    expect(seen).toEqual(["yes"])
  })
})

test("wrong options are named, all of them", () => {
  expect(() => redisAsks({} as never, { botId: 1.5, subscriber: 1, prefix: 1, ttl: 1 } as never)).toThrow(
    /botId: .*\n.*subscriber: .*\n.*prefix: .*\n.*ttl: is not an option\n.*client: /,
  )
})
