import { inspect } from "node:util"
import { createApi, poll } from "@hookgram/api"
import { createWebhook, GiveUp, type LaneKey, RetryLater, type Update } from "@hookgram/core"
import { expect, onTestFinished, test, vi } from "vitest"
import { gate } from "../core/gate.ts"
import { apiOf, cut, ok, refused, rejection, secret, serverSaying, silent, simulated, token } from "./server.ts"

/** Ana and Ben each write 1 and 2, which are polled; `Ana 1` fails while there is an error for it. */
async function polled(errorOf: (attempt: number) => Error | undefined, lane?: (update: Update) => LaneKey | undefined) {
  const { telegram } = await simulated()
  const people = ["Ana", "Ben"].map((name) => telegram.user(name))
  for (const text of ["1", "2"]) for (const person of people) await person.send(`${person.user.first_name} ${text}`)
  const seen: string[] = []
  const webhook = createWebhook({
    secretToken: false,
    handler: ({ message }, { attempt }) => {
      const text = message?.text ?? ""
      const error = text === "Ana 1" ? errorOf(attempt) : undefined
      seen.push(error ? `${text} failed` : text)
      if (error) throw error
    },
    onEvent: () => {},
    ...(lane && { lane }),
  })
  const stop = new AbortController()
  const ended = poll(apiOf(telegram), webhook, { signal: stop.signal })
  onTestFinished(async () => {
    stop.abort()
    await webhook.close({ timeout: 0 })
    await ended
  })
  return { seen, done: () => telegram.until(() => telegram.bot.updates.size === 0) }
}

const retries = (attempt: number) => (attempt < 3 ? new RetryLater(0.2) : undefined)

test("what follows an update that failed waits for it, as by webhook (facts, 2.1 and 3.2); other chats go on", async () => {
  const { seen, done } = await polled(retries)
  await done()
  expect(seen).toEqual(["Ana 1 failed", "Ben 1", "Ben 2", "Ana 1 failed", "Ana 1", "Ana 2"])
})

test("it goes on when that one is given up on", async () => {
  const { seen, done } = await polled((attempt) => (attempt < 2 ? new RetryLater(0.2) : new GiveUp("no")))
  await done()
  expect(seen).toEqual(["Ana 1 failed", "Ben 1", "Ben 2", "Ana 1 failed", "Ana 2"])
})

test("what waits for what is the webhook's own lane", async () => {
  const together = await polled(retries, () => "all")
  await together.done()
  expect(together.seen).toEqual(["Ana 1 failed", "Ana 1 failed", "Ana 1", "Ben 1", "Ana 2", "Ben 2"])
  const apart = await polled(retries, () => undefined)
  await apart.done()
  expect(apart.seen.filter((text) => text !== "Ana 1 failed")).toEqual(["Ben 1", "Ana 2", "Ben 2", "Ana 1"])
})

test("an update whose lane cannot be told holds nothing up but itself", async () => {
  let faults = 0
  const { seen, done } = await polled(retries, ({ message }) => {
    if (message?.text === "Ben 1" && faults++ < 2) throw new Error("no lane")
    return message?.chat.id
  })
  await done()
  expect(seen.filter((text) => text !== "Ana 1 failed")).toEqual(["Ben 2", "Ana 1", "Ana 2", "Ben 1"])
})

/** A webhook whose handler does nothing. */
const idle = () => createWebhook({ secretToken: false, handler: () => {} })

test("a failure that passes is waited out twice as long each time", async () => {
  const bad = refused(502, "Bad Gateway")
  const { url, seen } = await serverSaying(ok({ url: "" }), bad, bad, silent)
  const failures: number[] = []
  const stop = new AbortController()
  const options = { signal: stop.signal, onError: () => failures.push(performance.now()) }
  const ended = poll(createApi(token, { baseUrl: url }), idle(), options)
  await vi.waitUntil(() => seen.length === 4, 20_000)
  const [first = 0, second = 0] = failures
  expect(second - first).toBeGreaterThanOrEqual(995)
  expect(performance.now() - second).toBeGreaterThanOrEqual(1995)
  stop.abort()
  await ended
}, 30_000)

test("the end does not insist on telling Telegram what is done: whoever stops a process has little patience", async () => {
  const update: Update = { update_id: 5 }
  const { url, seen } = await serverSaying(ok({ url: "" }), ok([update]), cut)
  const { open, opened } = gate()
  const webhook = createWebhook({ secretToken: false, handler: () => opened })
  const errors: unknown[] = []
  const stop = new AbortController()
  const options = { limit: 1, signal: stop.signal, onError: (error: unknown) => errors.push(error) }
  const ended = poll(createApi(token, { baseUrl: url }), webhook, options)
  await vi.waitUntil(() => webhook.status().running === 1)
  stop.abort()
  open()
  await ended
  expect(JSON.parse(seen[2]?.body.toString() ?? "")).toEqual({ limit: 1, timeout: 0, offset: 6 })
  expect(errors).toMatchObject([{ code: "api_unreachable" }])
  expect(seen).toHaveLength(3)
})

test("no log of polling shows the token", async () => {
  const { url } = await serverSaying(cut)
  const log = vi.spyOn(console, "error").mockImplementation(() => {})
  onTestFinished(() => log.mockRestore())
  const stop = new AbortController()
  const ended = poll(createApi(token, { baseUrl: url }), idle(), { signal: stop.signal })
  await vi.waitUntil(() => log.mock.calls.length > 0)
  stop.abort()
  await ended
  const text = inspect(log.mock.calls, { depth: 20, showHidden: true })
  expect(text).toContain("getWebhookInfo")
  expect(text).not.toContain(secret)
})

test("what is no webhook is refused, and fetches nothing", async () => {
  const { url, seen } = await serverSaying(ok())
  const handler = () => {}
  const error = await rejection(poll(createApi(token, { baseUrl: url }), handler as never))
  expect(error).toMatchObject({ code: "invalid_options", message: expect.stringContaining("createWebhook") })
  expect(seen).toEqual([])
})
