import { getEventListeners } from "node:events"
import { Bot, type BotMessage } from "@hookgram/bot"
import { createWebhook, type HandlerContext, HookgramError } from "@hookgram/core"
import { afterEach, describe, expect, test, vi } from "vitest"
import { botAt, byWebhook, secretToken, serve, ways } from "./live.ts"
import { message, pretendApi, updateOf } from "./pretend.ts"

afterEach(() => {
  vi.useRealTimers()
})

function asking() {
  const { api, calls } = pretendApi()
  return { bot: new Bot(api), calls }
}

/** A context that notes whether it was detached, with a webhook that may close. */
function contextOf() {
  const closing = new AbortController()
  const stopping = new AbortController()
  const context: HandlerContext & { detached: boolean } = {
    attempt: 1,
    signal: stopping.signal,
    closing: closing.signal,
    deadline: Number.POSITIVE_INFINITY,
    detached: false,
    detach: () => (context.detached = true),
  }
  return { context, closing, stopping }
}

describe.each(Object.entries(ways))("%s", (_, start) => {
  test("a conversation goes on through several questions, and the answers go to no other handler", async () => {
    const { telegram, bot } = await botAt()
    const others: unknown[] = []
    bot.on.message("/book", async (event) => {
      const name = await event.ask("Your name?")
      const city = await name.ask({ text: "Where to?", reply_markup: { force_reply: true } })
      await city.reply(`${name.text} goes to ${city.text}`)
    })
    bot.on.message(({ text }) => void others.push(text))
    await start(bot, telegram)
    const ana = telegram.user("Ana")
    for (const [text, expected] of [
      ["/book", "Your name?"],
      ["Ana", "Where to?"],
      ["Rome", "Ana goes to Rome"],
    ] as const) {
      await ana.send(text)
      expect((await ana.nextReply()).text).toBe(expected)
    }
    await ana.send("Thanks")
    await telegram.until(() => others.length > 0)
    expect([others, bot.openQuestions]).toEqual([["Thanks"], 0])
  })

  test("answers that are sent all at once reach their questions in order", async () => {
    const { telegram, bot } = await botAt()
    const others: unknown[] = []
    const answers: unknown[] = []
    bot.on.message("/sum", async (event) => {
      let last: BotMessage = event
      for (const text of ["a?", "b?", "c?"]) {
        last = await last.ask(text)
        answers.push(last.text)
        for (let step = 0; step < 20; step++) await Promise.resolve() // whatever is between two questions
      }
    })
    bot.on.message(({ text }) => void others.push(text))
    const ana = telegram.user("Ana")
    await start(bot, telegram)
    await ana.send("/sum")
    expect((await ana.nextReply()).text).toBe("a?")
    await telegram.until(() => bot.openQuestions === 1 && telegram.bot.updates.size === 0)
    for (const text of ["1", "2", "3"]) await ana.send(text)
    await telegram.until(() => answers.length === 3)
    expect([answers, others]).toEqual([["1", "2", "3"], []])
  })

  test("people in one group are asked side by side, each their own question", async () => {
    const { telegram, bot } = await botAt()
    bot.on.message("/colour", async (event) => {
      const colour = await event.ask("Which?")
      await colour.answer(`${colour.from!.first_name}: ${colour.text}`)
    })
    const people = ["Ana", "Ben", "Eve"].map((name) => telegram.user(name))
    const group = telegram.group("Team", { members: people })
    await start(bot, telegram)
    for (const person of people) await person.in(group).send("/colour")
    await telegram.until(() => bot.openQuestions === 3 && telegram.bot.updates.size === 0)
    for (const [index, person] of people.entries()) await person.in(group).send(`red ${index}`)
    const texts = () => group.messages.map(({ text }) => text)
    await telegram.until(() => texts().includes("Eve: red 2"))
    expect(texts()).toEqual(expect.arrayContaining(["Ana: red 0", "Ben: red 1", "Eve: red 2"]))
  })
})

test("whoever pressed a button is asked, not the bot whose message it is", async () => {
  const { telegram, bot } = await botAt()
  const others: unknown[] = []
  bot.on.message("/menu", (event) =>
    event.answer({ text: "Menu", reply_markup: { inline_keyboard: [[{ text: "Rename", callback_data: "rename" }]] } }),
  )
  bot.on.message(/./, ({ text }) => void others.push(text))
  bot.on.callback_query(/^rename$/, async (query) => {
    await query.answer()
    const name = await query.message!.ask("New name?")
    await name.answer(`Now it is ${name.text}`)
  })
  await byWebhook()(bot, telegram)
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const group = telegram.group("Team", { members: [ana, ben] })
  await ana.in(group).send("/menu")
  await telegram.until(() => group.messages.some(({ text }) => text === "Menu"))
  await ben.in(group).press("Rename")
  await telegram.until(() => group.messages.some(({ text }) => text === "New name?"))
  await ana.in(group).send("Not me")
  await ben.in(group).send("Crew")
  await telegram.until(() => group.messages.some(({ text }) => text === "Now it is Crew"))
  expect(others).toEqual(["Not me"])
})

test("an answer to a question that could not be sent goes to the handlers", async () => {
  const sent: ((error: Error) => void)[] = []
  const { api } = pretendApi(() => new Promise((_, reject) => sent.push(reject)))
  const bot = new Bot(api)
  const others: unknown[] = []
  bot.on.message("/ask", (event) => event.ask("?"))
  bot.on.message(({ text }) => void others.push(text))
  const handled = bot.handleUpdate(message("/ask"))
  const rejected = expect(handled).rejects.toThrow("no network")
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const other = bot.handleUpdate(message("Hello?"))
  sent[0]!(new Error("no network"))
  await Promise.all([rejected, other])
  expect(others).toEqual(["Hello?"])
})

test("an answer from somebody else, from elsewhere, or by an edit is none", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  bot.on.message(({ text }) => void seen.push(`other: ${text}`))
  bot.on.business_message(({ text }) => void seen.push(`business: ${text}`))
  bot.on.edited_message(({ text }) => void seen.push(`edited: ${text}`))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  const { message: mine } = message("mine")
  await bot.handleUpdate(message("else", { from: { id: 8, is_bot: false, first_name: "Ben" } }))
  await bot.handleUpdate(message("where", { chat: { id: -5, type: "group", title: "Team" } }))
  await bot.handleUpdate(updateOf("business_message", { ...mine, business_connection_id: "b" }))
  await bot.handleUpdate(updateOf("edited_message", mine!))
  await bot.handleUpdate(message("this"))
  await handled
  expect(seen).toEqual(["other: else", "other: where", "business: mine", "edited: mine", "this"])
})

test("who writes in the name of a chat is asked as that chat", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.channel_post("/ask", async (event) => void seen.push((await event.ask("?")).text))
  bot.on.channel_post(({ text }) => void seen.push(`other: ${text}`))
  const from = { id: 1_087_968_824, is_bot: true, first_name: "Group" } // the same for all
  const post = (text: string, sender = -100) =>
    updateOf("channel_post", { message_id: 1, date: 1, text, from, chat: { id: -100 }, sender_chat: { id: sender } })
  const handled = bot.handleUpdate(post("/ask"))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  await bot.handleUpdate(post("no", -200))
  await bot.handleUpdate(post("yes"))
  await handled
  expect(seen).toEqual(["other: no", "yes"])
})

test("middleware sees an answer, and can keep it away", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.use(({ update }, next) => (update.message?.text === "spam" ? undefined : next()))
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  await bot.handleUpdate(message("spam"))
  await bot.handleUpdate(message("ham"))
  await handled
  expect(seen).toEqual(["ham"])
})

test("Telegram is answered once the question is sent, and not before", async () => {
  const { context } = contextOf()
  let wasDetached: boolean | undefined
  const { api } = pretendApi(() => (wasDetached = context.detached))
  const bot = new Bot(api)
  bot.on.message("/ask", (event) => event.ask("?"))
  const handled = bot.handleUpdate(message("/ask"), context)
  await vi.waitFor(() => expect(context.detached).toBe(true))
  expect(wasDetached).toBe(false)
  await bot.handleUpdate(message("yes"))
  await handled
})

test("a question that cannot be sent fails the update, which is not answered, and waits for nothing", async () => {
  const { api } = pretendApi(() => Promise.reject(new Error("blocked by the user")))
  const bot = new Bot(api)
  bot.on.message((event) => event.ask("?"))
  const { context } = contextOf()
  await expect(bot.handleUpdate(message("hi"), context)).rejects.toThrow("blocked by the user")
  expect([context.detached, bot.openQuestions]).toEqual([false, 0])
})

test("an answer that is here before Telegram says that the question is sent counts", async () => {
  const sent: (() => void)[] = []
  const { api } = pretendApi(() => new Promise<void>((resolve) => sent.push(resolve)))
  const bot = new Bot(api)
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  const handled = bot.handleUpdate(message("/ask"))
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const answered = bot.handleUpdate(message("quick"))
  sent[0]!()
  await Promise.all([handled, answered])
  expect(seen).toEqual(["quick"])
})

test("a second question to the same person takes the place of the first", async () => {
  const { bot } = asking()
  const seen: unknown[] = []
  bot.on.message("/ask", async (event) => void seen.push((await event.ask("?")).text))
  const first = bot.handleUpdate(message("/ask")).catch((error: unknown) => error)
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  // A command is an answer, too; here the second question comes from a button.
  bot.on.callback_query(async (query) => void seen.push((await query.message!.ask("Really?")).text))
  const { message: sent } = message("?", { from: { id: 99, is_bot: true, first_name: "Bot" } })
  const from = { id: 7, is_bot: false, first_name: "Ana" }
  const second = bot.handleUpdate(updateOf("callback_query", { id: "1", from, message: sent, data: "a" }))
  expect(await first).toMatchObject({ code: "ask_replaced" })
  await bot.handleUpdate(message("yes"))
  await second
  expect([seen, bot.openQuestions]).toEqual([["yes"], 0])
})

describe("time-outs", () => {
  test.each([
    [undefined, 300_000],
    [1500, 1500],
  ])("with timeout %j it rejects after %i ms, not earlier", async (timeout, expected) => {
    vi.useFakeTimers()
    const { bot } = asking()
    const seen: unknown[] = []
    bot.on.message(async (event) => {
      await event.ask("?", timeout === undefined ? {} : { timeout }).catch(({ code }) => seen.push(code))
    })
    const handled = bot.handleUpdate(message("hi"))
    await vi.advanceTimersByTimeAsync(expected - 1)
    expect(seen).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect([seen, bot.openQuestions, vi.getTimerCount()]).toEqual([["ask_timeout"], 0, 0])
    await handled
    await Promise.all([bot.handleUpdate(message("too late")), vi.advanceTimersByTimeAsync(expected)])
    expect(seen).toHaveLength(2) // a question of its own
  })

  test.each([0, -1, 2 ** 31, Number.NaN, "5"])(
    "a timeout of %j is refused before anything is sent",
    async (timeout) => {
      const { bot, calls } = asking()
      bot.on.message((event) => event.ask("?", { timeout: timeout as number }))
      await expect(bot.handleUpdate(message("hi"))).rejects.toMatchObject({ code: "invalid_options" })
      expect(calls).toEqual([])
    },
  )
})

test("a signal of one's own ends the waiting with its reason, also one that was aborted before", async () => {
  const { bot } = asking()
  const stop = new AbortController()
  bot.on.message((event) => event.ask("?", { signal: stop.signal }))
  const handled = bot.handleUpdate(message("hi"))
  const rejected = expect(handled).rejects.toThrow("enough")
  await vi.waitFor(() => expect(bot.openQuestions).toBe(1))
  stop.abort(new Error("enough"))
  await rejected
  await expect(bot.handleUpdate(message("hi"))).rejects.toThrow("enough")
  expect([bot.openQuestions, getEventListeners(stop.signal, "abort").length]).toEqual([0, 0])
})

describe("when the webhook closes", () => {
  test("a question ends at once, and does not hold up the closing", async () => {
    const { telegram, bot } = await botAt()
    const codes: unknown[] = []
    bot.on.message((event) => event.ask("?").catch(({ code }) => codes.push(code)))
    const webhook = createWebhook({ secretToken, handler: bot })
    await bot.api.setWebhook({ url: await serve(webhook), secret_token: secretToken })
    const ana = telegram.user("Ana")
    await ana.send("hi")
    await telegram.until(() => bot.openQuestions === 1)
    await webhook.close({ timeout: Number.POSITIVE_INFINITY })
    expect([codes, bot.openQuestions]).toEqual([["closing"], 0])
  })

  test("so it does when it is asked after that", async () => {
    const { bot } = asking()
    const { context, closing } = contextOf()
    closing.abort(new Error("closing"))
    bot.on.message((event) => event.ask("?"))
    await expect(bot.handleUpdate(message("hi"), context)).rejects.toThrow("closing")
    expect(bot.openQuestions).toBe(0)
  })

  test("polling ends without waiting for an answer", async () => {
    const { telegram, bot } = await botAt()
    const codes: unknown[] = []
    bot.on.message((event) => event.ask("?").catch(({ code }) => codes.push(code)))
    const polling = bot.startPolling()
    await telegram.user("Ana").send("hi")
    await telegram.until(() => bot.openQuestions === 1)
    await bot.stop()
    await polling
    expect(codes).toEqual(["closing"])
  })
})

test("a question that is not answered in time is a dead letter: Telegram has its answer already", async () => {
  const { telegram, bot } = await botAt()
  bot.on.message((event) => event.ask("?", { timeout: 20 }))
  const dead: unknown[] = []
  await byWebhook({ onDeadLetter: (_, error) => dead.push((error as { code: string }).code) })(bot, telegram)
  await telegram.user("Ana").send("hi")
  await telegram.until(() => dead.length > 0)
  expect([dead, telegram.deliveries.length]).toEqual([["ask_timeout"], 1])
})

test("10 000 questions at once leave nothing behind, however they end", async () => {
  const { bot } = asking()
  const { context, closing, stopping } = contextOf()
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length
  const before = timers()
  const ended: Record<string, number> = {}
  const count = (name: string) => (ended[name] = (ended[name] ?? 0) + 1)
  bot.on.message(/^\d+$/, (event, { match }) =>
    event.ask("?", { timeout: Number(match[0]) }).then(
      () => count("answered"),
      ({ code }) => count(code),
    ),
  )
  const each = (text: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => {
      const id = 1 + from + index
      return bot.handleUpdate(message(text, { from: { id }, chat: { id, type: "private" } }), context)
    })
  const handled = [...each("60000", 0, 6000), ...each("100", 6000, 9000), ...each("60000", 9000, 10_000)]
  await vi.waitFor(() => expect(bot.openQuestions).toBeGreaterThan(6000))
  await Promise.all(each("answer", 0, 5000))
  await Promise.all(each("60000", 5000, 5500)) // a number is an answer as good as another
  handled.push(...each("60000", 0, 500))
  await vi.waitFor(() => expect(ended).toEqual({ answered: 5500, ask_timeout: 3000 }))
  await vi.waitFor(() => expect(bot.openQuestions).toBe(2000))
  closing.abort(new HookgramError("closing", "Closing."))
  await Promise.all(handled)
  expect(ended).toEqual({ answered: 5500, ask_timeout: 3000, closing: 2000 })
  expect(bot.openQuestions).toBe(0)
  expect(timers()).toBeLessThan(before + 10) // some are the runner's own
  const signals = [closing.signal, stopping.signal]
  expect(signals.map((signal) => getEventListeners(signal, "abort").length)).toEqual([0, 0])
}, 20_000)
