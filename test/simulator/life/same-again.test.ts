import { createServer } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { setTimeout as realTime } from "node:timers/promises"
import { type Delivery, startSimulator } from "@hookgram/simulator"
import { expect, onTestFinished, test } from "vitest"
import { emit, emitMessage, setWebhook } from "../support/telegram.ts"

/** What a bad day leaves behind: of 30 chats, some fail again and again, some answer late, some ask for a pause. */
async function badDay(seed: number, jitter = 0): Promise<{ deliveries: Delivery[]; now: number }> {
  const telegram = await startSimulator({ clock: "virtual", seed })
  const attempts = new Map<number, number>()
  const server = createServer(async (request, response) => {
    let body = ""
    for await (const chunk of request) body += chunk
    const { update_id } = JSON.parse(body) as { update_id: number }
    const attempt = (attempts.get(update_id) ?? 0) + 1
    attempts.set(update_id, attempt)
    if (jitter > 0) await realTime(Math.random() * jitter)
    if (update_id % 5 === 0) await telegram.sleep(1500)
    if (update_id % 7 === 0 && attempt === 2) response.setHeader("Retry-After", "9")
    response.statusCode = update_id % 3 === 0 && attempt < 11 ? 500 : 200
    response.end()
  })
  server.listen(0, "127.0.0.1")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, "listening")
  await setWebhook(telegram, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
  telegram.fault({ kind: "stall", when: ({ update_id }) => update_id % 11 === 0 })
  for (let round = 0; round < 3; round++) for (let chat = 1; chat <= 30; chat++) emitMessage(telegram, chat)
  emit(telegram, "inline_query", { id: "1", from: { id: 7 } })
  await telegram.settled()
  const { now } = telegram
  const deliveries = structuredClone(telegram.deliveries) as Delivery[]
  await telegram.close()
  return { deliveries, now }
}

test("the same seed has the same happen again, failures and all", async () => {
  const first = await badDay(5)
  expect(first.deliveries.length).toBeGreaterThan(300)
  expect(await badDay(5)).toEqual(first)
  expect((await badDay(6)).now).not.toBe(first.now)
}, 30_000)

test("whichever answer comes first in the real world, each update fares the same", async () => {
  const told = async () => {
    const { deliveries, now } = await badDay(5, 4)
    // The order of what happens at one moment is that of the answers.
    const fates = deliveries.map((delivery) => ({ ...delivery, number: 0 }))
    return { now, fates: fates.toSorted((one, other) => one.updateId - other.updateId || one.attempt - other.attempt) }
  }
  expect(await told()).toEqual(await told())
}, 30_000)
