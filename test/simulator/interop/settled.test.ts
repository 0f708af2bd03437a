import { startSimulator } from "@hookgram/simulator"
import { expect, test } from "vitest"
import { callApi } from "../support/post.ts"

test("all is settled when a bot that polls has confirmed it, while its next call still waits (facts, 7.1)", async () => {
  const telegram = await startSimulator()
  await telegram.user("Ana").send("Hello")
  const { result } = await callApi(telegram, "getUpdates")
  const [update] = result as { update_id: number }[]
  const settled = telegram.settled(5000)
  // Ends only when the simulator is closed.
  const waiting = callApi(telegram, "getUpdates", { offset: (update?.update_id ?? 0) + 1, timeout: 50 }).catch(() => {})
  await settled
  const last = telegram.calls.at(-1)
  expect(last?.method).toBe("getUpdates")
  expect(last?.endedAt).toBeUndefined()
  expect(telegram.bot.updates.size).toBe(0)
  await telegram.close()
  await waiting
})
