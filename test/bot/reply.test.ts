import { Bot } from "@hookgram/bot"
import type { HandlerContext } from "@hookgram/core"
import { afterEach, describe, expect, test, vi } from "vitest"
import { botAt, byPolling, byWebhook } from "./live.ts"
import { type Called, message, pretendApi } from "./pretend.ts"

const { signal } = new AbortController()
const awaited = (): HandlerContext => ({
  attempt: 1,
  signal,
  closing: signal,
  deadline: Date.now() + 5000,
  detach: () => {},
})

function replying(answer?: (called: Called) => unknown) {
  const { api, calls } = pretendApi(answer)
  return { bot: new Bot(api, { webhookReply: true }), calls }
}

afterEach(() => {
  vi.useRealTimers()
})

describe("with webhookReply", () => {
  const hello = { method: "sendMessage", chat_id: 7, text: "Hello" }

  test("a call that nobody waits for is the reply", async () => {
    const { bot, calls } = replying()
    bot.on.message((event) => event.answer("Hello"))
    expect(await bot.handleUpdate(message("hi"), awaited())).toEqual(hello)
    expect(calls).toEqual([])
  })

  test("so is one by the context's api, and one inside middleware", async () => {
    const { bot, calls } = replying()
    bot.use(async (_, next) => {
      await next()
    })
    bot.on.message((_, { api }) => void api.setMyName({ name: "Bob" }))
    expect(await bot.handleUpdate(message("hi"), awaited())).toEqual({ method: "setMyName", name: "Bob" })
    expect(calls).toEqual([])
  })

  test("a call whose result is waited for is made, and gives it", async () => {
    const { bot, calls } = replying(() => "sent")
    const seen: unknown[] = []
    bot.on.message(async (event) => void seen.push(await event.answer("Hello")))
    expect(await bot.handleUpdate(message("hi"), awaited())).toBeUndefined()
    expect([seen, calls.length]).toEqual([["sent"], 1])
  })

  test("catch and finally wait, too", async () => {
    const { bot, calls } = replying(() => Promise.reject(new Error("refused")))
    const seen: unknown[] = []
    bot.on.message((event) => event.answer("1").catch((error: Error) => void seen.push(error.message)))
    bot.on.channel_post((event) => event.answer("2").finally(() => void seen.push("end")))
    await bot.handleUpdate(message("hi"), awaited())
    await expect(
      bot.handleUpdate({ update_id: 1, channel_post: message("hi").message as never }, awaited()),
    ).rejects.toThrow("refused")
    expect([seen, calls.length]).toEqual([["refused", "end"], 2])
  })

  test("only the first call may be the reply, and calls are made in their order", async () => {
    const { bot, calls } = replying()
    bot.on.message((event) => {
      void event.answer("1")
      void event.answer("2")
      return event.answer("3")
    })
    expect(await bot.handleUpdate(message("hi"), awaited())).toBeUndefined()
    expect(calls.map(({ parameters }) => parameters?.["text"])).toEqual(["1", "2", "3"])
  })

  test.each<[string, (bot: Bot) => void]>([
    ["a name that Telegram ignores", (bot) => bot.on.message((_, { api }) => api.getMe())],
    [
      "a file",
      (bot) => bot.on.message((_, { api }) => void api.sendPhoto({ chat_id: 7, photo: new Blob(["…"]) as never })),
    ],
    [
      "options",
      (bot) => bot.on.message((_, { api }) => void api.sendDice({ chat_id: 7, emoji: "🎲" }, { timeout: 9 })),
    ],
    [
      "what is no JSON",
      (bot) =>
        bot.on.message((_, { api }) => {
          const circle: { self?: unknown } = {}
          circle.self = circle
          void api.sendMessage({ chat_id: 7, text: "a", reply_markup: circle as never })
        }),
    ],
    ["over a megabyte", (bot) => bot.on.message((event) => event.answer("a".repeat(1_048_576)))],
  ])("%s is no reply: the call is made", async (_, register) => {
    const { bot, calls } = replying()
    register(bot)
    expect(await bot.handleUpdate(message("hi"), awaited())).toBeUndefined()
    expect(calls).toHaveLength(1)
  })

  test("what is held back is made when the handler detaches", async () => {
    const { bot, calls } = replying()
    const order: unknown[] = []
    bot.on.message((event, { detach }) => {
      void event.answer("Hello")
      order.push(calls.length)
      detach()
      order.push(calls.length)
    })
    const context = { ...awaited(), detach: () => order.push("detached") }
    expect(await bot.handleUpdate(message("hi"), context)).toBeUndefined()
    expect(order).toEqual([0, "detached", 1])
  })

  test("what is held back is made shortly before the deadline, while the handler goes on", async () => {
    vi.useFakeTimers()
    const { bot, calls } = replying()
    bot.on.message((event) => {
      void event.answer("Hello")
      return new Promise((resolve) => setTimeout(resolve, 6000))
    })
    const handled = bot.handleUpdate(message("hi"), awaited())
    await vi.advanceTimersByTimeAsync(4800)
    expect(calls).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(150)
    expect(calls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await handled).toBeUndefined()
    expect([calls.length, vi.getTimerCount()]).toEqual([1, 0])
  })

  test("so it is behind a handler that computed until after the deadline, when no timer could run", async () => {
    vi.useFakeTimers()
    const { bot, calls } = replying()
    bot.on.message((event) => {
      void event.answer("Hello")
      vi.setSystemTime(Date.now() + 5000)
    })
    expect(await bot.handleUpdate(message("hi"), awaited())).toBeUndefined()
    expect(calls).toHaveLength(1)
  })

  test("a call that was held back and failed is a failure of the update", async () => {
    const { bot } = replying(() => Promise.reject(new Error("refused")))
    bot.on.message((event) => {
      void event.answer("1")
      return event.answer("2").catch(() => {})
    })
    await expect(bot.handleUpdate(message("hi"), awaited())).rejects.toThrow("refused")
  })

  test("what is held back is made when the handler fails", async () => {
    const { bot, calls } = replying()
    bot.on.message((event) => {
      void event.answer("Sorry")
      throw new Error("broken")
    })
    await expect(bot.handleUpdate(message("hi"), awaited())).rejects.toThrow("broken")
    expect(calls).toHaveLength(1)
  })

  test("where nobody waits for an answer, and after the deadline, all calls are made", async () => {
    const { bot, calls } = replying()
    bot.on.message((event) => event.answer("Hello"))
    expect(await bot.handleUpdate(message("hi"))).toBeUndefined()
    expect(await bot.handleUpdate(message("hi"), { ...awaited(), deadline: Date.now() - 1 })).toBeUndefined()
    expect(calls).toHaveLength(2)
  })

  test.each([
    ["a webhook", byWebhook(), "webhook reply"],
    ["a webhook that answers at once", byWebhook({ deadline: 0 }), "http"],
    ["polling", byPolling, "http"],
  ] as const)("by %s, the message arrives once", async (_, start, via) => {
    const { telegram, bot } = await botAt({ webhookReply: true })
    bot.on.message(/.+/s, (event, { match }) => event.answer(match[0]))
    await start(bot, telegram)
    const ana = telegram.user("Ana")
    for (const text of ["a", "b"]) {
      await ana.send(text)
      expect((await ana.nextReply()).text).toBe(text)
    }
    await telegram.until(() => telegram.bot.updates.size === 0)
    const sent = telegram.calls.filter(({ method }) => method.toLowerCase() === "sendmessage")
    expect(sent.map((call) => call.via)).toEqual([via, via])
  })
})

test("without webhookReply, calls are made at once", async () => {
  const { api, calls } = pretendApi()
  const bot = new Bot(api)
  bot.on.message((event) => {
    void event.answer("Hello")
    expect(calls).toHaveLength(1)
  })
  expect(await bot.handleUpdate(message("hi"), awaited())).toBeUndefined()
})
