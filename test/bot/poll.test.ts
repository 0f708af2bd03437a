import { createApi, poll, type PollOptions, TelegramError } from "@hookgram/api"
import {
  createWebhook,
  GiveUp,
  HookgramError,
  type Outcome,
  RetryLater,
  type Update,
  type Webhook,
  type WebhookOptions,
} from "@hookgram/core"
import { ApiError, type Simulator, startSimulator } from "@hookgram/simulator"
import { describe, expect, onTestFinished, test } from "vitest"
import { gate } from "../core/gate.ts"

const quiet = { onEvent: () => {} }

async function telegramWith(messages: readonly string[] = []): Promise<Simulator> {
  const telegram = await startSimulator({ seed: 7 })
  onTestFinished(() => telegram.close())
  for (const text of messages) await telegram.user("Ana").send(text)
  return telegram
}

/** Polls until the test is over or stops it. */
function polling(telegram: Simulator, accept: Webhook | ((update: Update) => unknown), options: PollOptions = {}) {
  const webhook =
    typeof accept === "function" ? createWebhook({ secretToken: false, handler: accept, ...quiet }) : accept
  const stop = new AbortController()
  const ended = poll(createApi(telegram.token, { baseUrl: telegram.url }), webhook, { signal: stop.signal, ...options })
  ended.catch(() => {})
  onTestFinished(async () => {
    stop.abort()
    await webhook.close({ timeout: 0 })
    await ended.catch(() => {})
  })
  return { webhook, stop: () => (stop.abort(), ended), ended }
}

const stored = (telegram: Simulator): number => telegram.bot.updates.size
const textOf = ({ message }: Update): string => message!.text!
const polls = (telegram: Simulator) => telegram.calls.filter(({ method }) => method === "getUpdates")
const offsets = (telegram: Simulator) => polls(telegram).map(({ parameters }) => parameters["offset"])

test("every update is handled once, and forgotten by Telegram when it is done", async () => {
  const telegram = await telegramWith(["1", "2", "3"])
  const seen: string[] = []
  polling(telegram, (update) => seen.push(textOf(update)))
  await telegram.until(() => stored(telegram) === 0)
  await telegram.user("Ben").send("4")
  await telegram.until(() => seen.length === 4 && stored(telegram) === 0)
  expect(seen).toEqual(["1", "2", "3", "4"])
})

test("an idle poll is one call that waits", async () => {
  const telegram = await telegramWith()
  polling(telegram, () => {}, { timeout: 1500 })
  await telegram.until(() => polls(telegram).length === 1)
  await telegram.sleep(100)
  expect(polls(telegram)).toMatchObject([{ parameters: { timeout: 2, limit: 100 } }])
})

test("updates of one chat do not overlap, those of several chats do", async () => {
  const telegram = await telegramWith()
  for (const name of ["Ana", "Ben"]) {
    const person = telegram.user(name)
    for (const text of ["1", "2"]) await person.send(`${name} ${text}`)
  }
  const open = gate()
  const running = new Set<string>()
  const seen: string[] = []
  polling(telegram, async (update) => {
    running.add(textOf(update))
    seen.push([...running].toSorted().join(" + "))
    await open.opened
    running.delete(textOf(update))
  })
  await telegram.until(() => running.size === 2)
  await telegram.sleep(50)
  expect(seen.at(-1)).toBe("Ana 1 + Ben 1")
  open.open()
  await telegram.until(() => stored(telegram) === 0)
  expect(seen).toHaveLength(4)
})

test("Telegram forgets no update before it is done, while later ones are handled", async () => {
  const telegram = await telegramWith(["slow", "a", "b"])
  const open = gate()
  const seen: string[] = []
  const { webhook } = polling(telegram, async (update) => {
    if (textOf(update) === "slow") await open.opened
    seen.push(textOf(update))
  })
  await telegram.until(() => seen.length === 2)
  await telegram.user("Ben").send("new")
  await telegram.until(() => seen.includes("new"))
  expect(stored(telegram)).toBe(4)
  open.open()
  await telegram.until(() => stored(telegram) === 0)
  expect(seen).toEqual(["a", "b", "new", "slow"])
  expect(webhook.status().counters).toEqual({ received: 4, started: 4, finished: 4 }) // none was taken twice
})

test("an update that is waited for is not asked for over and over", async () => {
  const telegram = await telegramWith(["slow"])
  const open = gate()
  polling(telegram, () => open.opened)
  await telegram.sleep(1400)
  expect(polls(telegram).length).toBeLessThanOrEqual(4)
  open.open()
  await telegram.until(() => stored(telegram) === 0)
})

test("no more are under way than the limit says, and Telegram is not asked meanwhile", async () => {
  const telegram = await telegramWith(["1", "2", "3", "4"])
  const open = gate()
  const seen: string[] = []
  polling(telegram, (update) => (seen.push(textOf(update)), open.opened), { limit: 2 })
  await telegram.until(() => seen.length === 2)
  const before = polls(telegram).length
  await telegram.sleep(1500)
  expect(seen).toEqual(["1", "2"])
  expect(polls(telegram).length - before).toBeLessThanOrEqual(1)
  open.open()
  await telegram.until(() => stored(telegram) === 0)
  expect(seen).toEqual(["1", "2", "3", "4"])
})

test("a detached handler holds nothing up", async () => {
  const telegram = await telegramWith(["1"])
  const open = gate()
  const webhook = createWebhook({
    secretToken: false,
    handler: (_, { detach }) => (detach(), open.opened),
    ...quiet,
  })
  polling(telegram, webhook)
  await telegram.until(() => stored(telegram) === 0)
  expect(webhook.status().detached).toBe(1)
  open.open()
})

test("what fails is tried again until it succeeds", async () => {
  const telegram = await telegramWith(["1"])
  const attempts: number[] = []
  const handler: WebhookOptions["handler"] = (_, { attempt }) => {
    attempts.push(attempt)
    if (attempt < 3) throw attempt === 1 ? new RetryLater(0) : new Error("no")
  }
  polling(telegram, createWebhook({ secretToken: false, handler, ...quiet }))
  await telegram.until(() => stored(telegram) === 0)
  expect(attempts).toEqual([1, 2, 3])
})

test("what is given up on is done", async () => {
  const telegram = await telegramWith(["1", "2"])
  const dead: number[] = []
  const handler = () => Promise.reject(new GiveUp("no"))
  polling(
    telegram,
    createWebhook({ secretToken: false, handler, onDeadLetter: (update) => dead.push(update.update_id), ...quiet }),
  )
  await telegram.until(() => stored(telegram) === 0)
  expect(dead).toHaveLength(2)
})

test("with little room, order is kept and nothing is left out", async () => {
  const telegram = await telegramWith()
  const people = ["Ana", "Ben", "Eve"].map((name) => telegram.user(name))
  for (let index = 0; index < 8; index++) for (const person of people) await person.send(String(index))
  const seen = new Map<number, string[]>()
  const handler = async (update: Update) => {
    await new Promise(setImmediate)
    const { id } = update.message!.chat
    seen.set(id, [...(seen.get(id) ?? []), textOf(update)])
  }
  polling(telegram, createWebhook({ secretToken: false, handler, concurrency: 1, queueLimit: 1, ...quiet }))
  await telegram.until(() => stored(telegram) === 0)
  expect([...seen.values()]).toEqual(people.map(() => ["0", "1", "2", "3", "4", "5", "6", "7"]))
})

test("a reply that a handler returns is sent", async () => {
  const telegram = await telegramWith()
  const ana = telegram.user("Ana")
  polling(telegram, ({ message }) => ({ method: "sendMessage", chat_id: message!.chat.id, text: "Hello" }))
  await ana.send("hi")
  expect((await ana.nextReply()).text).toBe("Hello")
})

test("the kinds are those that are asked for", async () => {
  const telegram = await telegramWith()
  polling(telegram, () => {}, { allowedUpdates: ["message", "message_reaction"] })
  await telegram.until(() => polls(telegram).length > 0)
  expect(telegram.webhookInfo().allowed_updates).toEqual(["message", "message_reaction"])
})

describe("stopping", () => {
  test("lets what runs finish, tells Telegram what is done, and leaves the rest to it", async () => {
    const telegram = await telegramWith(["1", "2"])
    const open = gate()
    const seen: string[] = []
    const { stop } = polling(telegram, (update) => (seen.push(textOf(update)), open.opened), { limit: 1 })
    await telegram.until(() => seen.length === 1)
    const ended = stop()
    open.open()
    await ended
    expect([seen, stored(telegram)]).toEqual([["1"], 1])
  })

  test("cuts a waiting call short, and does not confirm what is confirmed", async () => {
    const telegram = await telegramWith(["1"])
    const { stop } = polling(telegram, () => {})
    await telegram.until(() => stored(telegram) === 0 && polls(telegram).length === 2)
    await stop()
    expect(offsets(telegram)).toEqual([undefined, expect.any(Number)])
  })

  test("before the start fetches nothing", async () => {
    const telegram = await telegramWith(["1"])
    const { ended } = polling(telegram, () => {}, { signal: AbortSignal.abort() })
    await ended
    expect(polls(telegram)).toEqual([])
  })

  test("a webhook that is closed ends it, with what was not taken left to Telegram", async () => {
    const telegram = await telegramWith(["1"])
    const outcomes: Outcome["result"][] = ["handled", "closing"]
    const accept = async (): Promise<Outcome> => ({ result: outcomes.shift() }) as Outcome
    const { ended } = polling(telegram, { accept, close: async () => {} } as unknown as Webhook)
    await telegram.until(() => stored(telegram) === 0)
    await telegram.user("Ben").send("2")
    await ended
    expect(stored(telegram)).toBe(1)
  })
})

describe("a webhook that is set", () => {
  test("keeps polling from starting, and stays", async () => {
    const telegram = await telegramWith()
    const api = createApi(telegram.token, { baseUrl: telegram.url })
    await api.setWebhook({ url: "http://127.0.0.1:9/" })
    const { ended } = polling(telegram, () => {})
    await expect(ended).rejects.toMatchObject({
      code: "polling_conflict",
      message: expect.stringContaining("deleteWebhook: true"),
    })
    expect(telegram.webhookInfo().url).not.toBe("")
  })

  test("is removed when polling is told so, and its updates are polled", async () => {
    const telegram = await telegramWith()
    const api = createApi(telegram.token, { baseUrl: telegram.url })
    await api.setWebhook({ url: "http://127.0.0.1:9/" })
    await telegram.user("Ana").send("1")
    const seen: string[] = []
    polling(telegram, (update) => seen.push(textOf(update)), { deleteWebhook: true })
    await telegram.until(() => seen.length === 1)
    expect(telegram.webhookInfo().url).toBe("")
  })

  test("ends polling when it is set meanwhile, with the reason", async () => {
    const telegram = await telegramWith()
    const { ended } = polling(telegram, () => {}, { deleteWebhook: true })
    await telegram.until(() => polls(telegram).length === 1)
    await createApi(telegram.token, { baseUrl: telegram.url }).setWebhook({ url: "http://127.0.0.1:9/" })
    await expect(ended).rejects.toMatchObject({ code: "polling_conflict", cause: expect.any(TelegramError) })
  })
})

describe("errors", () => {
  test("another one who polls is named, and polling goes on", async () => {
    const telegram = await telegramWith()
    const errors: unknown[] = []
    const seen: string[] = []
    polling(telegram, (update) => seen.push(textOf(update)), { onError: (error) => errors.push(error) })
    await telegram.until(() => polls(telegram).length === 1)
    const stop = new AbortController()
    const other = createApi(telegram.token, { baseUrl: telegram.url }).getUpdates(
      { timeout: 30 },
      { signal: stop.signal },
    )
    other.catch(() => {})
    await telegram.until(() => errors.length === 1)
    expect(errors[0]).toMatchObject({
      code: "polling_conflict",
      message: expect.stringContaining("Somebody else polls"),
    })
    stop.abort()
    await telegram.user("Ana").send("1")
    await telegram.until(() => seen.length === 1, 10_000)
  }, 20_000)

  test("what passes is reported and tried again after the time that Telegram asks for", async () => {
    const telegram = await telegramWith(["1"])
    const error = new ApiError(429, "Too Many Requests: retry after 1", { retry_after: 1 })
    telegram.refuse({ method: "getUpdates", error })
    const errors: unknown[] = []
    const seen: string[] = []
    const start = telegram.now
    polling(telegram, (update) => seen.push(textOf(update)), { onError: (each) => errors.push(each) })
    await telegram.until(() => seen.length === 1)
    expect(errors).toMatchObject([{ errorCode: 429 }])
    expect(telegram.now - start).toBeGreaterThanOrEqual(950)
  })

  test("what passes at the start is tried again, too", async () => {
    const telegram = await telegramWith(["1"])
    telegram.refuse({ method: "getWebhookInfo", error: new ApiError(502, "Bad Gateway") })
    const errors: unknown[] = []
    const seen: string[] = []
    polling(telegram, (update) => seen.push(textOf(update)), { onError: (each) => errors.push(each) })
    await telegram.until(() => seen.length === 1)
    expect(errors).toMatchObject([{ errorCode: 502 }])
  })

  test("stopping does not wait for the next try", async () => {
    const telegram = await telegramWith()
    telegram.refuse({
      method: "getUpdates",
      error: new ApiError(429, "Too Many Requests: retry after 50", { retry_after: 50 }),
    })
    const errors: unknown[] = []
    const { stop } = polling(telegram, () => {}, { onError: (error) => errors.push(error) })
    await telegram.until(() => errors.length === 1)
    await stop()
  })

  test("a wrong token ends it", async () => {
    const telegram = await startSimulator({ strict: true })
    onTestFinished(() => telegram.close())
    const api = createApi("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", { baseUrl: telegram.url })
    const webhook = createWebhook({ secretToken: false, handler: () => {} })
    await expect(poll(api, webhook)).rejects.toBeInstanceOf(TelegramError)
  })

  test("wrong options are named, all of them", async () => {
    const telegram = await telegramWith()
    const { ended } = polling(telegram, () => {}, { limit: 101, timeout: 60_000, offset: 1 } as PollOptions)
    await expect(ended).rejects.toThrow(/limit: .*\n.*timeout: .*\n.*offset: is not an option/)
    await expect(ended).rejects.toBeInstanceOf(HookgramError)
  })
})
