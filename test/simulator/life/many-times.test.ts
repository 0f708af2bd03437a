import { expect, test } from "vitest"
import { deliveringTo, emitMessage, setWebhook } from "../support/telegram.ts"

const sockets = () => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length

test("a webhook that is set hundreds of times leaves nothing of the others behind", async () => {
  const { telegram, receiver } = await deliveringTo(() => undefined, {}, { patience: 0 })
  emitMessage(telegram)
  const before = sockets()
  for (let count = 0; count < 300; count++) {
    await telegram.advance(1000)
    await setWebhook(telegram, { url: `${receiver.url}/${count}` })
  }
  await expect.poll(() => receiver.open.size).toBe(1)
  expect(sockets()).toBeLessThan(before + 10)
  expect(telegram.world.services.bots.size).toBe(1)
  // Each of them had its try, and the last one has it still.
  expect(telegram.deliveries.filter(({ outcome }) => outcome === "cut").length).toBeGreaterThan(270)
}, 60_000)

test("ten thousand deliveries leave no more behind than is to be looked at", async () => {
  const { telegram, receiver } = await deliveringTo(undefined, { max_connections: 10 }, { history: 100 })
  for (let count = 0; count < 10_000; count++) emitMessage(telegram, 1 + (count % 200))
  await telegram.settled()
  expect(receiver.requests).toHaveLength(10_000)
  expect(telegram.deliveries.length).toBeGreaterThanOrEqual(100)
  expect(telegram.deliveries.length).toBeLessThan(200)
  expect(telegram.deliveries.at(-1)?.number).toBe(10_000)
  expect(receiver.open.size).toBeLessThanOrEqual(10)
  // The connections that are left idle for a minute, and are gone then.
  await telegram.advance(60_000)
  await expect.poll(() => receiver.open.size).toBe(0)
}, 60_000)
