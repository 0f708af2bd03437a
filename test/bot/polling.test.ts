import { createWebhook } from "@hookgram/core"
import { expect, onTestFinished, test } from "vitest"
import { gate } from "../core/gate.ts"
import { botAt, byPolling, secretToken, serve } from "./live.ts"

test("a bot that polls gets the kinds that it has handlers for", async () => {
  const { telegram, bot } = await botAt()
  const seen: unknown[] = []
  bot.on.message(/.+/s, (event, { match }) => event.answer(match[0]))
  bot.on.message_reaction(({ new_reaction: [reaction] }) => void seen.push(reaction))
  await byPolling(bot, telegram)
  const ana = telegram.user("Ana")
  const sent = await ana.send("Hello")
  expect((await ana.nextReply()).text).toBe("Hello")
  await ana.react(sent, "👍")
  await telegram.until(() => seen.length === 1)
  expect(seen).toEqual([{ type: "emoji", emoji: "👍" }])
})

test("a bot polls once at a time, and again after it was stopped", async () => {
  const { telegram, bot } = await botAt()
  const seen: unknown[] = []
  bot.on.message(({ text }) => void seen.push(text))
  const first = bot.startPolling()
  await expect(bot.startPolling()).rejects.toMatchObject({ code: "polling_conflict" })
  await telegram.user("Ana").send("1")
  await telegram.until(() => seen.length === 1)
  await bot.stop()
  await first
  await byPolling(bot, telegram)
  await telegram.user("Ana").send("2")
  await telegram.until(() => seen.length === 2)
})

test("stop waits for what runs, and so does the end of polling by a signal", async () => {
  for (const how of ["stop", "signal"]) {
    const { telegram, bot } = await botAt()
    const open = gate()
    const order: string[] = []
    bot.on.message(async () => {
      order.push("started")
      await open.opened
      order.push("done")
    })
    const stop = new AbortController()
    const polling = bot.startPolling({ signal: stop.signal }).then(() => order.push("ended"))
    await telegram.user("Ana").send("1")
    await telegram.until(() => order.length === 1)
    if (how === "signal") stop.abort()
    const stopped = how === "stop" ? bot.stop() : polling
    await telegram.sleep(50)
    open.open()
    await Promise.all([stopped, polling])
    expect([order, telegram.bot.updates.size]).toEqual([["started", "done", "ended"], 0])
  }
})

test("stop tells handlers that wait for something that it will not come", async () => {
  const { telegram, bot } = await botAt()
  let isStarted = false
  bot.on.message((_, { closing }) => {
    isStarted = true
    return new Promise((resolve) => closing.addEventListener("abort", resolve))
  })
  const polling = bot.startPolling()
  await telegram.user("Ana").send("1")
  await telegram.until(() => isStarted)
  await bot.stop()
  await polling
})

test("stopping a bot that does not poll does nothing", async () => {
  const { bot } = await botAt()
  await bot.stop()
})

test("a conflict is told to whoever started, and to start again is possible", async () => {
  const { telegram, bot } = await botAt()
  bot.on.message(() => {})
  await bot.api.setWebhook({ url: "http://127.0.0.1:9/" })
  await expect(bot.startPolling()).rejects.toMatchObject({ code: "polling_conflict" })
  const polling = bot.startPolling({ deleteWebhook: true })
  await telegram.until(() => telegram.webhookInfo().url === "")
  await bot.stop()
  await polling
})

test("going from a webhook to polling and back, under load, loses and doubles nothing", async () => {
  const { telegram, bot } = await botAt()
  const seen = new Map<number, string[]>()
  bot.on.message(/.+/, async ({ chat }, { match }) => {
    await telegram.sleep(Math.random() * 30)
    seen.set(chat.id, [...(seen.get(chat.id) ?? []), match[0]])
  })
  const people = Array.from({ length: 8 }, (_, index) => telegram.user(`Person ${index}`))
  const load = new AbortController()
  onTestFinished(() => load.abort())
  let sent = 0
  const sending = (async () => {
    for (; !load.signal.aborted; sent++) {
      for (const person of people) await person.send(String(sent))
      await telegram.sleep(20)
    }
  })()

  const webhook = createWebhook({ secretToken, handler: bot })
  const url = await serve(webhook)
  const ways: string[] = []
  const until = async (way: string) => {
    const goal = sent + 12
    await telegram.until(
      () => sent >= goal && people.every(({ id }) => (seen.get(id)?.length ?? 0) > goal - 10),
      20_000,
    )
    ways.push(way)
  }
  for (let round = 0; round < 2; round++) {
    await bot.api.setWebhook({ url, secret_token: secretToken })
    await until("webhook")
    const polling = bot.startPolling({ webhook, deleteWebhook: true })
    await until("polling")
    await bot.stop()
    await polling
  }
  await bot.api.setWebhook({ url, secret_token: secretToken })
  load.abort()
  await sending
  await telegram.settled(20_000)
  await telegram.until(() => webhook.status().running === 0)

  const expected = Array.from({ length: sent }, (_, index) => String(index))
  for (const { id } of people) expect(seen.get(id)).toEqual(expected)
  expect(ways).toEqual(["webhook", "polling", "webhook", "polling"])
  // Both ways had their share.
  expect(telegram.deliveries.length).toBeGreaterThan(100)
  expect(telegram.calls.filter(({ method }) => method === "getUpdates").length).toBeGreaterThan(4)
}, 60_000)
