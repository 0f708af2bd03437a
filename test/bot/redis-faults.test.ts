import type { RetryLater } from "@hookgram/core"
import { expect, test } from "vitest"
import { gate } from "../core/gate.ts"
import { describeWithRedis } from "../support/redis.ts"
import { message, updateOf } from "./pretend.ts"
import { eventually, replicaAt, replicas } from "./replicas.ts"

describeWithRedis("questions across replicas, when something fails", () => {
  test("an answer that comes again after it was taken is done, wherever it comes, and answers no later question", async () => {
    const { all } = await replicas(3)
    const [a, b, c] = all
    const { handled } = await a.ask()
    const answer = message("first")
    await b.handle(answer)
    await handled
    await c.handle(answer) // after the conversation
    const later = await c.ask() // asked elsewhere since
    for (const { handle } of all) await handle(answer)
    expect([a.seen, b.seen, c.seen, c.bot.openQuestions]).toEqual([["answer: first"], [], [], 1])
    await b.handle(message("second"))
    await later.handled
    expect(c.seen).toEqual(["answer: second"])
  })

  test("when the process that has asked is gone, the answer goes to the handlers", async () => {
    const { all } = await replicas(2)
    const [a, b] = all
    await a.ask()
    a.client.destroy() // what Redis sees of a crash
    await b.handle(message("Ana"))
    expect(b.seen).toEqual(["other: Ana"])
    const { handled } = await b.ask()
    await b.handle(message("Again"))
    await handled
    expect(b.seen).toEqual(["other: Ana", "answer: Again"])
  })

  test("while the process that has asked says nothing, the answer is kept by Telegram, and then taken once", async () => {
    const sending = gate()
    const { redis, all } = await replicas(2)
    const [b, c] = all
    const a = await replicaAt(redis, { answer: () => sending.opened })
    const { handled } = await a.ask()
    const answer = message("Ana")
    b.bot.catch((error) => void b.seen.push(error)) // which makes an update count as done
    await expect(b.handle(answer)).rejects.toMatchObject({ code: "retry_later", seconds: 2 })
    const again = c.handle(answer)
    await eventually(async () =>
      expect((await b.client.info("commandstats")).match(/cmdstat_publish:calls=\d/)).not.toBeNull(),
    )
    sending.open()
    await Promise.all([again, handled])
    await b.handle(answer)
    expect([a.seen, b.seen, c.seen]).toEqual([["answer: Ana"], [], []])
  })

  test("when the question cannot be sent, the answer that waits goes to the handlers where it is", async () => {
    const sending = gate()
    const { redis, all } = await replicas(1)
    const a = await replicaAt(redis, { answer: () => sending.opened.then(() => Promise.reject(new Error("refused"))) })
    const { handled } = await a.ask()
    const other = all[0].handle(message("Hello?"))
    sending.open()
    expect(await handled).toMatchObject({ message: "refused" })
    await other
    expect([a.seen, all[0].seen]).toEqual([[], ["other: Hello?"]])
  })

  test("without Redis, messages are to come again, later each time, and questions are not asked", async () => {
    const { redis, all } = await replicas(1)
    const [a] = all
    a.bot.on.callback_query(() => void a.seen.push("pressed"))
    await a.handle(message("before"))
    await redis.kill()
    const context = { signal: new AbortController().signal, deadline: 0, detach: () => {} }
    const waits = [1, 2, 7, 15].map(async (attempt) => {
      const handled = a.bot.handleUpdate(message("lost?"), { ...context, closing: context.signal, attempt })
      return handled.catch(({ code, seconds }: RetryLater) => [code, seconds])
    })
    expect(await Promise.all(waits)).toEqual([2, 4, 128, 300].map((seconds) => ["retry_later", seconds]))
    expect([a.seen, a.calls, a.bot.openQuestions]).toEqual([["other: before"], [], 0])
    await redis.start()
    await eventually(() => a.handle(message("after")))
    const { handled } = await a.ask()
    await a.handle(message("yes"))
    await handled
    expect(a.seen).toEqual(["other: before", "other: after", "answer: yes"])
  })

  test("a Redis that hangs is given up on, and what it does later does no harm", async () => {
    const { redis, all } = await replicas(2)
    const [a, b] = all
    await b.handle(message("before"))
    const { handled } = await a.ask()
    redis.pause()
    const late = message("late")
    const ben = { from: { id: 8 }, chat: { id: 8, type: "private" } }
    const tried = await Promise.allSettled([b.handle(late), a.handle(message("/ask", ben))])
    redis.resume()
    expect(tried).toMatchObject([{ reason: { code: "retry_later" } }, { reason: { code: "retry_later" } }])
    await handled // by what Redis has done since
    await b.handle(late)
    expect([a.seen.length + b.seen.length, b.seen]).toEqual([2, ["other: before"]])
  })

  test("an answer that comes again before Redis knows that it was taken is done", async () => {
    const closing = gate()
    const { redis, all } = await replicas(2)
    const [b, c] = all
    const a = await replicaAt(redis, {
      between: (client) => ({
        eval: async (script, options) => {
          if (options.arguments.length === 2) await closing.opened
          return client.eval(script, options)
        },
      }),
    })
    const { handled } = await a.ask()
    const answer = message("Ana")
    await b.handle(answer)
    await handled
    await c.handle(answer)
    closing.open()
    expect([a.seen, b.seen, c.seen]).toEqual([["answer: Ana"], [], []])
  })

  test("a question of which it is not known whether it was noted is not asked, and takes no answer", async () => {
    const { redis, all, spy } = await replicas(1)
    const failing = ["subscribe", "eval"]
    const failed = (name: string) => {
      if (failing[0] === name) throw new Error(`no ${failing.shift()}`)
    }
    const a = await replicaAt(redis, {
      between: (client) => ({
        eval: async (script, options) => {
          const result = await client.eval(script, options)
          if (options.arguments.length === 3) failed("eval") // to open a question
          return result
        },
        subscribe: async (...parameters) => {
          failed("subscribe")
          return client.subscribe(...parameters)
        },
      }),
    })
    a.bot.on.edited_message((event) => event.ask("?"))
    for (const cause of ["no subscribe", "no eval"]) {
      const handled = a.handle(updateOf("edited_message", message("").message!))
      await expect(handled).rejects.toMatchObject({ code: "retry_later", cause: { message: cause } })
    }
    expect([a.calls, a.bot.openQuestions]).toEqual([[], 0])
    await all[0].handle(message("hi"))
    expect([all[0].seen, await spy.dbSize()]).toEqual([["other: hi"], 0])
  })
})
