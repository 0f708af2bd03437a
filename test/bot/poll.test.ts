import { createApi, type Fetch, poll } from "@hookgram/api"
import { createWebhook, GiveUp, RetryLater, type Update, type Webhook, type WebhookOptions } from "@hookgram/core"
import { expect, test } from "vitest"
import { gate } from "../core/gate.ts"
import { polling, polls, quiet, stored, telegramWith, textOf } from "./polled.ts"

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

test("what was done while it was fetched again is not taken again", async () => {
  const telegram = await telegramWith(["1"])
  const open = gate()
  const webhook = createWebhook({ secretToken: false, handler: () => open.opened })
  const taken: number[] = []
  const accept: Webhook["accept"] = (update) => {
    taken.push((update as Update).update_id)
    return webhook.accept(update)
  }
  let count = 0
  const fetch: Fetch = async (url, init) => {
    const response = await globalThis.fetch(url, init)
    if (!url.endsWith("getUpdates") || ++count !== 2) return response
    open.open() // Telegram has answered with the update once more; it is done before the answer is here
    await expect.poll(() => webhook.status().counters.finished).toBe(1)
    return response
  }
  const stop = new AbortController()
  const target = { accept, laneOf: (update: Update) => webhook.laneOf(update) }
  const ended = poll(createApi(telegram.token, { baseUrl: telegram.url, fetch }), target, { signal: stop.signal })
  await telegram.until(() => stored(telegram) === 0)
  stop.abort()
  await ended
  expect(taken).toHaveLength(1)
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
