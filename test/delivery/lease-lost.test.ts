import { createWebhook, memoryDedup } from "@hookgram/core"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { plainRequest } from "../core/plain-request.ts"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test.each(["deadline", "detach"])("a run whose lease another machine has taken promises nothing: %s", async (by) => {
  const update = recordedUpdate("message-59-text-hello", 7)
  let detach = (): void => {}
  const webhook = createWebhook({
    secretToken: false,
    botId: 1,
    dedup: { ...memoryDedup(), renew: async () => false },
    onEvent: () => {},
    handler: (_update, context) => {
      detach = context.detach
      return new Promise(() => {})
    },
  })
  void webhook.accept(update) // renewed from the start, and so lost before the deadline of the delivery that joins
  await vi.advanceTimersByTimeAsync(11_000)
  expect(webhook.status().counters.leaseLost).toBe(1)
  const answer = webhook.receive(plainRequest({ body: wireBody(update) }))
  await vi.advanceTimersByTimeAsync(100)
  if (by === "detach") detach()
  await vi.advanceTimersByTimeAsync(5000)
  expect((await answer).status).toBe(503)
})
