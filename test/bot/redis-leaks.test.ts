import { getEventListeners } from "node:events"
import { HookgramError } from "@hookgram/core"
import { expect, test } from "vitest"
import { describeWithRedis } from "../support/redis.ts"
import { contextOf } from "./asking.ts"
import { message } from "./pretend.ts"
import { eventually, replicas } from "./replicas.ts"

describeWithRedis("many questions across replicas", () => {
  test("leave nothing behind, however they end", async () => {
    const { all, spy } = await replicas(3)
    const [a, b, c] = all
    const { context, closing, stopping } = contextOf()
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length
    const before = timers()
    const ended: Record<string, number> = {}
    const asked: Promise<unknown>[] = []
    const note = (handled: Promise<unknown>) => {
      const count = (name: string) => (ended[name] = (ended[name] ?? 0) + 1)
      asked.push(handled.then(() => count("answered")).catch(({ code }) => count(code)))
    }
    c.bot.on.edited_message((event) => event.ask("?")) // a message would be an answer
    // Some at a time, so that a busy machine does not keep Redis waiting.
    for (let round = 0; round < 20; round++) {
      const each = (text: string, from: number, to: number) =>
        Array.from({ length: to - from }, (_, index) => {
          const id = 1 + round * 125 + from + index
          return message(text, { from: { id }, chat: { id, type: "private" } })
        })
      for (const update of each("/ask", 0, 75)) note(a.bot.handleUpdate(update, context))
      for (const update of each("/ask", 75, 100)) note(b.bot.handleUpdate(update, context))
      for (const update of each("/ask 100", 100, 125)) note(a.bot.handleUpdate(update, context))
      await eventually(() => expect(a.calls.length + b.calls.length).toBe((round + 1) * 125))
      await Promise.all(each("yes", 0, 50).map((update, index) => all[index % 3]!.handle(update)))
      for (const { update_id, message: edited } of each("edit", 50, 75)) {
        note(c.bot.handleUpdate({ update_id, edited_message: edited } as never, context))
      }
      await eventually(() => expect(c.calls).toHaveLength((round + 1) * 25))
    }
    await eventually(() => expect(ended).toEqual({ answered: 1000, ask_replaced: 500, ask_timeout: 500 }))
    expect(all.map(({ bot }) => bot.openQuestions)).toEqual([0, 500, 500])
    expect(await spy.dbSize()).toBe(2000)
    closing.abort(new HookgramError("closing", "Closing."))
    await Promise.all(asked)
    expect(ended).toEqual({ answered: 1000, ask_replaced: 500, ask_timeout: 500, closing: 1000 })
    expect(all.map(({ bot }) => bot.openQuestions)).toEqual([0, 0, 0])
    // That an update was taken is remembered for some time, and nothing else.
    await eventually(async () => expect(await spy.dbSize()).toBe(1000))
    for (const key of await spy.keys("*")) expect(key).toMatch(/^hookgram:asks:bot:\d+ \d+:\d+$/)
    expect((await spy.info("keyspace")).match(/keys=(\d+),expires=(\d+)/)?.slice(1)).toEqual(["1000", "1000"])
    expect(await spy.pubSubChannels()).toHaveLength(3)
    expect(timers()).toBeLessThan(before + 20) // some are the runner's own
    const signals = [closing.signal, stopping.signal]
    expect(signals.map((signal) => getEventListeners(signal, "abort").length)).toEqual([0, 0])
  }, 60_000)
})
