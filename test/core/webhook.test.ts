import { setImmediate } from "node:timers/promises"
import { createWebhook, type WebhookEvent, type WebhookOptions } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { gate } from "./gate.ts"
import { plainRequest, secretToken } from "./plain-request.ts"

const hello = recordedUpdate("message-59-text-hello", 7)
const silent: WebhookOptions = { secretToken, handler: () => {}, onEvent: () => {} }

describe("the limits come before anything is asked of the request, and before its body", () => {
  test("closing", async () => {
    const webhook = createWebhook(silent)
    await webhook.close()
    const answer = await webhook.receive(plainRequest({ method: "GET", body: () => expect.unreachable() }))
    expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "1", connection: "close" } })
  })

  test("bodies that are being read count, and stop counting when they fail", async () => {
    const [first, second] = [gate(), gate()]
    const webhook = createWebhook({ ...silent, concurrency: 1, queueLimit: 1 })
    const reading = [first, second].map(({ opened }) =>
      webhook.receive(plainRequest({ body: () => opened.then(() => "no JSON") })),
    )
    const refused = await webhook.receive(
      plainRequest({ body: () => expect.unreachable(), headers: { "content-length": "10" } }),
    )
    expect(refused).toEqual({ status: 503, headers: { "content-length": "0", "retry-after": "1" } })
    first.open()
    second.open()
    expect((await Promise.all(reading)).map(({ status }) => status)).toEqual([400, 400])
    expect((await webhook.receive(plainRequest({ body: hello }))).status).toBe(200)
  })

  test.each([
    ["10", undefined],
    ["1048577", "close"],
    [undefined, "close"],
  ])("with %s bytes declared, the connection is %s", async (length, connection) => {
    const done = gate()
    const webhook = createWebhook({ ...silent, concurrency: 1, queueLimit: 0, handler: () => done.opened })
    const running = webhook.accept(hello)
    const { status, headers } = await webhook.receive(
      plainRequest({ headers: length === undefined ? {} : { "content-length": length } }),
    )
    expect([status, headers["connection"]]).toEqual([503, connection])
    done.open()
    await running
  })
})

describe("status", () => {
  test("of a new webhook", () => {
    expect(createWebhook(silent).status()).toEqual({
      running: 0,
      waiting: 0,
      detached: 0,
      closing: false,
      counters: {},
      lastUpdate: undefined,
    })
  })

  test("counts each event, and tells the last update that was verified", async () => {
    const webhook = createWebhook(silent)
    const before = Date.now()
    await webhook.receive(plainRequest({ body: hello }))
    await setImmediate() // the store notes it after the answer
    await webhook.receive(plainRequest({ body: hello }))
    await webhook.receive(
      plainRequest({ body: { ...hello, update_id: 99 }, headers: { "x-telegram-bot-api-secret-token": "wrong" } }),
    )
    const { counters, lastUpdate } = webhook.status()
    expect(counters).toEqual({ received: 2, started: 1, finished: 1, duplicate: 1, rejected: 1 })
    expect(lastUpdate!.updateId).toBe(7)
    expect(lastUpdate!.at.getTime()).toBeGreaterThanOrEqual(before)
    expect(
      Object.isFrozen(counters) ||
        (Object.assign(counters, { received: 100 }), webhook.status().counters.received === 2),
    ).toBe(true)
  })
})

test("what an observer throws changes nothing", async () => {
  const seen: WebhookEvent[] = []
  const webhook = createWebhook({
    ...silent,
    onEvent: (event) => {
      seen.push(event)
      throw new Error("observer")
    },
  })
  expect((await webhook.receive(plainRequest({ body: hello }))).status).toBe(200)
  expect(seen.map(({ type }) => type)).toEqual(["received", "started", "finished"])
})

test.each([undefined, null, "no JSON", "{}", { update_id: -1 }])(
  "accept(%j) rejects with invalid_update",
  async (update) => {
    await expect(createWebhook(silent).accept(update)).rejects.toMatchObject({ code: "invalid_update" })
  },
)
