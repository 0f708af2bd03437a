import { expect, test } from "vitest"
import { VirtualClock } from "../../../packages/simulator/src/clock/virtual.ts"
import { Names } from "../../../packages/simulator/src/registration/names.ts"
import { receiverFor } from "../support/telegram.ts"
import { OK } from "../support/receiver.ts"
import { said, START, startServer } from "./server.ts"

const MINUTE = 60_000

test("an address is kept for 29 minutes from when it was found, and asked for once by all who want it meanwhile (facts, 5.3)", async () => {
  const clock = new VirtualClock(START, 1000)
  let asked = 0
  const names = new Names(clock, async () => [`127.0.0.${++asked}`])
  expect(await Promise.all([names.resolve("a.example"), names.resolve("a.example")])).toEqual([
    "127.0.0.1",
    "127.0.0.1",
  ])
  await clock.advance(29 * MINUTE - 1)
  expect(await names.resolve("a.example")).toBe("127.0.0.1")
  expect(await names.resolve("b.example")).toBe("127.0.0.2")
  await clock.advance(1)
  expect(await names.resolve("a.example")).toBe("127.0.0.3")
})

test("a failure is kept for 5 minutes (facts, 5.3)", async () => {
  let asked = 0
  const lookup = async () => {
    if (++asked === 1) throw new Error("Not yet")
    return ["127.0.0.1"]
  }
  const { call, clock } = startServer({ lookup })
  const set = async () => said(await call("setWebhook", { url: "http://new.example:9/" }))
  expect(await set()).toContain("Failed to resolve host: Not yet")
  await clock.advance(5 * MINUTE - 1)
  expect(await set()).toContain("Failed to resolve host: Not yet")
  expect(asked).toBe(1)
  // The one call a second: the failed ones count too.
  await clock.advance(1000)
  expect(await set()).toBe("Webhook was set")
})

test("a host is looked up anew every 30 to 33 minutes; a failure or nothing new changes nothing (facts, 5.3)", async () => {
  const at: number[] = []
  let addresses = ["127.0.0.1"]
  const { call, clock, bot } = startServer({
    lookup: async () => {
      at.push((clock.now() - START) / MINUTE)
      return addresses
    },
  })
  const address = () => bot.registration.info().ip_address
  await call("setWebhook", { url: "http://moving.example:9/" })
  await clock.advance(29 * MINUTE)
  addresses = ["127.0.0.2"]
  expect(address()).toBe("127.0.0.1")
  await clock.advance(4 * MINUTE)
  expect(address()).toBe("127.0.0.2")
  addresses = []
  await clock.advance(33 * MINUTE)
  expect(address()).toBe("127.0.0.2")
  addresses = ["127.0.0.3"]
  await clock.advance(33 * MINUTE)
  expect(address()).toBe("127.0.0.3")
  await clock.advance(24 * 60 * MINUTE)
  const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0))
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(30)
  expect(Math.max(...waits)).toBeLessThanOrEqual(33)
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(1)
})

test("a look-up that fails later is not recorded as an error (facts, 3.7)", async () => {
  let addresses = ["127.0.0.1"]
  const { call, clock, bot } = startServer({ lookup: async () => addresses })
  await call("setWebhook", { url: "http://moving.example:9/" })
  addresses = []
  await clock.advance(40 * MINUTE)
  expect(bot.registration.info().ip_address).toBe("127.0.0.1")
  expect(bot.registration.info().last_error_message ?? "").not.toContain("resolve")
})

test("after a move, the next delivery goes to the new address (facts, 1.3)", async () => {
  const receiver = await receiverFor(() => OK)
  let addresses = ["127.0.0.2"]
  const { call, clock, bot, message } = startServer({ patience: 1000, lookup: async () => addresses })
  await call("setWebhook", { url: `http://moving.example:${receiver.port}/` })
  addresses = ["127.0.0.1"]
  await clock.advance(34 * MINUTE)
  message()
  await clock.until(() => bot.updates.size === 0 || undefined, 10_000)
  expect(receiver.requests).toHaveLength(1)
  expect(receiver.requests[0]?.head).toContain(`Host: moving.example:${receiver.port}\r\n`)
})

test("after a move, an old connection is dropped with its next answer (facts, 1.3)", async () => {
  const receiver = await receiverFor(() => OK)
  let addresses = ["127.0.0.1"]
  const { call, clock, bot, message } = startServer({ patience: 1000, lookup: async () => addresses })
  await call("setWebhook", { url: `http://moving.example:${receiver.port}/` })
  const deliverEvery50s = async (minutes: number) => {
    for (let second = 0; second < minutes * 60; second += 50) {
      message()
      await clock.advance(50_000)
    }
  }
  await deliverEvery50s(29)
  // Nobody listens there.
  addresses = ["127.0.0.2"]
  expect(bot.registration.info()).not.toHaveProperty("last_error_message")
  await deliverEvery50s(6)
  expect(bot.registration.info()).toMatchObject({ ip_address: "127.0.0.2", last_error_message: "Connection refused" })
  expect(receiver.connections).toBe(1)
})

test("a webhook that is gone is looked up no more", async () => {
  let asked = 0
  const { call, clock } = startServer({
    lookup: async () => {
      asked++
      return ["127.0.0.1"]
    },
  })
  await call("setWebhook", { url: "http://gone.example:9/" })
  await call("deleteWebhook")
  await clock.advance(24 * 60 * MINUTE)
  expect(asked).toBe(1)
})

test("a look-up that ends after its webhook is gone is the last one", async () => {
  const answers: ((addresses: string[]) => void)[] = []
  const { call, clock } = startServer({ lookup: () => new Promise((resolve) => void answers.push(resolve)) })
  const set = call("setWebhook", { url: "http://gone.example:9/" })
  answers[0]?.(["127.0.0.1"])
  await set
  await clock.advance(33 * MINUTE)
  await call("deleteWebhook")
  expect(answers).toHaveLength(2)
  answers[1]?.(["127.0.0.2"])
  await clock.advance(24 * 60 * MINUTE)
  expect(answers).toHaveLength(2)
})
