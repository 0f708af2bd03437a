import * as fc from "fast-check"
import { expect, test } from "vitest"
import { OK } from "../support/receiver.ts"
import { deliveringTo, emitMessage } from "../support/telegram.ts"

const piece = fc.oneof(
  fc.constantFrom(
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.0 503 \r\n",
    "HTTP/1.1 103 Early Hints\r\n\r\n",
    "GET /bot HTTP/1.1\r\n",
    "\r\n",
    "\r\n\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: 99999999\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: gzip\r\n",
    "Content-Type: application/json\r\n",
    "Content-Type: multipart/form-data; boundary=b\r\n",
    "Connection: close\r\n",
    "Retry-After: 1\r\n",
    '{"method":"sendMessage","chat_id":7,"text":"hi"}',
    '{"method":"setWebhook","url":""}',
    "--b\r\nContent-Disposition: form-data; name=method\r\n\r\nx\r\n--b--",
    "5\r\nhello\r\n0\r\n\r\n",
    "ffffffff\r\n",
  ),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
)

/** What a receiver does with one request: it writes pieces, with a wait before each, and may end the connection. */
const reaction = fc.record({
  writes: fc.array(fc.record({ text: piece, wait: fc.constantFrom(0, 0, 0, 1000, 61_000) }), { maxLength: 8 }),
  end: fc.constantFrom("keep", "keep", "end", "reset"),
})

test("whatever a receiver answers, however late and in whatever parts, the bot is delivered to in the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(reaction, { minLength: 1, maxLength: 6 }), async (reactions) => {
      const { telegram, receiver } = await deliveringTo(undefined, {}, { patience: 10 })
      const left = [...reactions]
      receiver.answer = async ({ socket }) => {
        const next = left.shift()
        if (!next) return OK
        for (const { text, wait } of next.writes) {
          if (wait > 0) await telegram.sleep(wait)
          if (!socket.destroyed) socket.write(text, "latin1")
        }
        if (next.end === "end") socket.end()
        if (next.end === "reset") socket.resetAndDestroy()
        return undefined
      }
      for (let chat = 1; chat <= 3; chat++) emitMessage(telegram, chat)
      await telegram.settled()
      expect(telegram.webhookInfo()).toMatchObject({ url: receiver.url, pending_update_count: 0 })
      expect(new Set(telegram.deliveries.map(({ outcome }) => outcome))).not.toContain("under way")
      await telegram.close()
      await receiver.close()
    }),
    { numRuns: 40 },
  )
}, 120_000)
