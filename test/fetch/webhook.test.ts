import { setImmediate } from "node:timers/promises"
import { createWebhook, HookgramError, type Update, type WebhookEvent, type WebhookOptions } from "@hookgram/core"
import { type RequestHost, telegramWebhook } from "@hookgram/fetch"
import { describe, expect, test } from "vitest"
import { secretToken } from "../support/application.ts"
import { gate } from "../support/gate.ts"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody } from "../support/wire.ts"

const update = recordedUpdate("message-21-text-cyrillic-emoji", 7)

/** A delivery as Telegram sends it (facts, 1.1). */
function delivery(init: RequestInit & { path?: string; duplex?: string } = {}): Request {
  const { path = "/telegram", ...rest } = init
  const headers = { "X-Telegram-Bot-Api-Secret-Token": secretToken, "Content-Type": "application/json" }
  return new Request(`https://bot.example${path}`, { method: "POST", headers, body: wireBody(update), ...rest })
}

/** A webhook that notes what it handles and tells. */
function noting(options: Partial<WebhookOptions> = {}) {
  const handled: Update[] = []
  const events: WebhookEvent[] = []
  const handler = (each: Update): void => void handled.push(each)
  const onEvent = (event: WebhookEvent): void => void events.push(event)
  const answer = telegramWebhook({ secretToken, handler, onEvent, ...options })
  return { handled, events, answer }
}

describe("telegramWebhook", () => {
  test("answers a delivery with a Response, with the webhook reply in it (facts, 4)", async () => {
    const answer = telegramWebhook({ secretToken, handler: () => ({ method: "sendMessage", chat_id: 1, text: "Да" }) })
    const response = await answer(delivery())
    expect(response).toBeInstanceOf(Response)
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"])
    expect(await response.json()).toEqual({ method: "sendMessage", chat_id: 1, text: "Да" })
    const again = await answer(delivery())
    expect([again.status, again.headers.get("content-length"), await again.text()]).toEqual([200, "0", ""])
  })

  test("takes whatever reaches it, without a path", async () => {
    const { answer, handled } = noting()
    expect((await answer(delivery({ path: "/any/path?at=all" }))).status).toBe(200)
    expect(handled).toEqual([update])
  })

  test.each(["/telegram", "/telegram?x=/other", "/telegram#part"])("takes %s with the path /telegram", async (path) => {
    expect(
      (await telegramWebhook({ path: "/telegram", secretToken, handler: () => {} })(delivery({ path }))).status,
    ).toBe(200)
  })

  test.each(["/", "/telegramx", "/x/telegram", "/?/telegram", "/#/telegram"])(
    "answers 404 to %s with the path /telegram, or leaves it to an application, with the same host",
    async (path) => {
      const options = { path: "/telegram", secretToken, handler: () => expect.unreachable() }
      const missing = await telegramWebhook(options)(delivery({ path }))
      expect([missing.status, await missing.text()]).toEqual([404, ""])
      const request = delivery({ path })
      const host: RequestHost = { address: "192.0.2.1" }
      const seen: unknown[] = []
      const app = (...given: unknown[]): Response => {
        seen.push(...given)
        return new Response("the application")
      }
      expect(await (await telegramWebhook(options, app)(request, host)).text()).toBe("the application")
      expect(seen).toEqual([request, host])
    },
  )

  test("takes a webhook of one's own", async () => {
    const webhook = createWebhook({ secretToken, handler: () => {} })
    await telegramWebhook({ webhook })(delivery())
    expect(webhook.status().lastUpdate?.updateId).toBe(7)
  })

  test("refuses wrong options, all at once and by name", () => {
    const wrong = { path: "telegram", secretToken: "no spaces", handler: 1 }
    const make = (): unknown => telegramWebhook(wrong as never)
    expect(make).toThrow(HookgramError)
    for (const name of ["path: ", "secretToken: ", "handler: "]) expect(make).toThrow(name)
  })
})

describe("the host", () => {
  test("says who the peer is", async () => {
    const { answer, events } = noting({ allowedAddresses: ["149.154.160.0/20"] })
    expect((await answer(delivery(), { address: "149.154.167.50" })).status).toBe(200)
    expect((await answer(delivery(), { address: "203.0.113.5" })).status).toBe(403)
    expect((await answer(delivery())).status).toBe(403)
    expect(events).toMatchObject([{}, {}, {}, { address: "203.0.113.5" }, { address: undefined }])
  })

  test("keeps what goes on after the deadline: its waitUntil is called as a method, as Workers want it", async () => {
    class Context {
      readonly #rests: Promise<void>[] = []

      waitUntil(rest: Promise<void>): void {
        this.#rests.push(rest)
      }

      get first(): Promise<void> | undefined {
        return this.#rests[0]
      }
    }
    const { passed, open } = gate()
    let ended = false
    const handler = async (): Promise<void> => {
      await passed
      ended = true
    }
    const context = new Context()
    expect((await telegramWebhook({ secretToken, deadline: 10, handler })(delivery(), context)).status).toBe(200)
    expect(ended).toBe(false)
    open()
    expect(context.first).toBeInstanceOf(Promise)
    await context.first
    expect(ended).toBe(true)
  })

  test("need not be there", async () => {
    const { passed, open } = gate()
    const webhook = createWebhook({ secretToken, deadline: 10, handler: () => passed })
    expect((await telegramWebhook({ webhook })(delivery())).status).toBe(200)
    open()
    await setImmediate()
    expect(webhook.status().running).toBe(0)
  })
})

describe("a body", () => {
  const bytes = new TextEncoder().encode(JSON.stringify(update))

  /** A body of these chunks, with what became of it. */
  function streamed(chunks: readonly unknown[], end: "close" | "fail" | "hang" = "close") {
    const state = { pulled: 0, cancelled: false }
    const body = new ReadableStream(
      {
        pull(controller) {
          const chunk = chunks[state.pulled++]
          if (chunk !== undefined) controller.enqueue(chunk)
          else if (end === "close") controller.close()
          else if (end === "fail") controller.error(new Error("reset"))
          else return new Promise(() => {})
        },
        cancel() {
          state.cancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    return { state, request: delivery({ body, duplex: "half" }) }
  }

  test("may be cut anywhere, also within a character", async () => {
    const { answer, handled } = noting()
    const { request } = streamed(Array.from(bytes, (byte) => new Uint8Array([byte])))
    expect((await answer(request)).status).toBe(200)
    expect(handled).toEqual([update])
  })

  test("that is no UTF-8 is read with U+FFFD for what is wrong (facts, 1.2)", async () => {
    const { answer, handled } = noting()
    const { request } = streamed([new TextEncoder().encode('{"update_id":7,"x":"'), new Uint8Array([0xff, 0x22, 0x7d])])
    expect((await answer(request)).status).toBe(200)
    expect(handled).toEqual([{ update_id: 7, x: "\uFFFD" }])
  })

  test("over the limit is refused at the first byte too much; no more is read, and nothing is cancelled", async () => {
    const { answer, events } = noting({ bodyLimit: 10 })
    const { request, state } = streamed([bytes.slice(0, 10), bytes.slice(10, 11), bytes.slice(11)])
    expect((await answer(request)).status).toBe(413)
    expect(state).toEqual({ pulled: 2, cancelled: false })
    expect(events).toMatchObject([{ type: "rejected", reason: "tooLarge" }])
  })

  test("that does not arrive in time is refused with 408", async () => {
    const { answer, events } = noting({ bodyTimeout: 20 })
    expect((await answer(streamed([bytes.slice(0, 10)], "hang").request)).status).toBe(408)
    expect(events).toMatchObject([{ type: "rejected", reason: "timeout" }])
  })

  test("that breaks off is refused as such", async () => {
    const { answer, events } = noting()
    await answer(streamed([bytes.slice(0, 10)], "fail").request)
    expect(events).toMatchObject([{ type: "rejected", reason: "aborted" }])
  })

  test("that is missing or empty is no update", async () => {
    const { answer } = noting()
    expect((await answer(delivery({ body: undefined }))).status).toBe(400)
    expect((await answer(delivery({ body: "" }))).status).toBe(400)
  })

  test("is not read when the head is refused", async () => {
    const { answer } = noting()
    const { request, state } = streamed([bytes])
    request.headers.set("X-Telegram-Bot-Api-Secret-Token", "wrong")
    expect((await answer(request)).status).toBe(401)
    expect(state.pulled).toBe(0)
  })

  test("that somebody else has read, or reads, is a fault that says what to do", async () => {
    const { answer, events } = noting()
    const read = delivery()
    await read.text()
    const locked = delivery()
    locked.body?.getReader()
    for (const request of [read, locked]) expect((await answer(request)).status).toBe(500)
    const error = expect.objectContaining({
      code: "body_consumed",
      message: expect.stringContaining("request.clone()"),
    })
    expect(events).toEqual([{ type: "faulted", error }, { type: "faulted", error }]) // prettier-ignore
  })
})
