import type { WebhookReply } from "@hookgram/core"
import { expect } from "vitest"
import { until } from "../support/gate.ts"
import type { ContractCase } from "./case.ts"
import { otherText, text } from "./delivery-samples.ts"
import { count, DeadLetters, expectEmpty200, expectEmpty500, idle, Stage } from "./delivery-stage.ts"

const reply: WebhookReply = { method: "sendMessage", chat_id: 123456789, text: "hello" }

/** Names that Telegram ignores in a reply, in any case of letters: facts, 4. */
const ignored = [
  "getMe",
  "getUpdates",
  "GETCHAT",
  "setWebhook",
  "deleteWebhook",
  "SETWEBHOOK",
  "close",
  "logOut",
  "logout",
  "",
]

/** What Telegram reads of a reply: facts, 3.1. */
const MAX_BYTES = 1_048_576

/** A reply whose JSON has so many bytes. */
function replyOf(bytes: number): WebhookReply {
  const empty: WebhookReply = { method: "sendMessage", chat_id: 1, text: "" }
  return { ...empty, text: "x".repeat(bytes - JSON.stringify(empty).length) }
}

export const unfitReplyCases: readonly ContractCase[] = [
  {
    id: "reply-ignored",
    level: "MUST",
    rests: "facts, 4",
    title:
      "a method that Telegram ignores in a reply is refused: a dead letter with invalid_reply, and a 200 without body",
    async run(start) {
      const dead = new DeadLetters()
      const application = await start({
        handler: ({ update_id }) => ({ method: ignored[update_id] }),
        onDeadLetter: dead.onDeadLetter,
      })
      for (const id of ignored.keys()) expectEmpty200(await application.deliver(text(id)))
      expect(dead.letters.map(({ id, error }) => [id, (error as { code?: unknown }).code])).toEqual(
        ignored.map((_, id) => [id, "invalid_reply"]),
      )
    },
  },
  {
    id: "reply-ignored-call",
    level: "MUST",
    rests: "facts, 4; design, 5",
    title: "a method that Telegram ignores in a reply goes through callApi, where there is one",
    async run(start) {
      const calls: WebhookReply[] = []
      const application = await start({
        handler: ({ update_id }) => ({ method: ignored[update_id], update_id, nothing: null }),
        callApi: (call) => calls.push(call),
      })
      for (const id of ignored.keys()) expectEmpty200(await application.deliver(text(id)))
      const named = ignored.map((method, update_id) => ({ method, update_id })).filter(({ method }) => method !== "")
      expect(calls.filter((call) => call.method !== "")).toEqual(named)
    },
  },
  {
    id: "reply-call-fails",
    level: "MUST",
    rests: "design, 5",
    title: "when callApi fails before the answer, so has the handler: 500, and the next delivery is attempt 2",
    async run(start) {
      const calls: number[] = []
      const application = await start({
        handler: (_update, { attempt }) => ({ method: "getMe", attempt }),
        callApi(call) {
          calls.push(call["attempt"] as number)
          if (call["attempt"] === 1) throw new Error("no")
        },
      })
      expectEmpty500(await application.deliver(text()))
      expectEmpty200(await application.deliver(text()))
      expect(calls).toEqual([1, 2])
    },
  },
  {
    id: "reply-late",
    level: "MUST",
    rests: "facts, 4; design, 5",
    title: "a reply returned after the deadline or after detach() is sent through callApi, exactly once",
    async run(start) {
      const stage = new Stage()
      const calls: unknown[] = []
      const application = await start({
        handler(update, context) {
          if (update.update_id === 2) context.detach()
          return stage.handler(update, context)
        },
        deadline: 30,
        callApi: async (call) => void calls.push(call),
      })
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty200(await application.deliver(otherText(2)))
      stage.runs[0]?.end(reply)
      await until(() => count(application, "finished") === 1)
      stage.runs[1]?.end({ ...reply, text: "second", parse_mode: null })
      await idle(application)
      expectEmpty200(await application.deliver(text(1)))
      expectEmpty200(await application.deliver(otherText(2)))
      expect(calls).toEqual([reply, { ...reply, text: "second" }])
    },
  },
  {
    id: "reply-late-lost",
    level: "MUST",
    rests: "facts, 4; design, 5",
    title:
      "a late reply that nobody can send is a dead letter with late_reply, not lost in silence; a failing callApi is one too",
    async run(start) {
      for (const [code, callApi] of [
        ["late_reply", undefined],
        ["ECONNREFUSED", () => Promise.reject(Object.assign(new Error("no"), { code: "ECONNREFUSED" }))],
      ] as const) {
        const stage = new Stage()
        const dead = new DeadLetters()
        const application = await start({
          handler: stage.handler,
          onDeadLetter: dead.onDeadLetter,
          deadline: 0,
          callApi,
        })
        expectEmpty200(await application.deliver(text()))
        ;(await stage.run(1)).end(reply)
        await idle(application)
        expect(dead.letters).toEqual([{ id: 1, error: expect.objectContaining({ code }), attempts: 1 }])
      }
    },
  },
  {
    id: "reply-size",
    level: "MUST",
    rests: "facts, 3.1 and 4",
    title:
      "a reply of 1 MiB is sent; one of a byte more, which would fail the delivery, is refused or goes through callApi",
    async run(start) {
      const dead = new DeadLetters()
      const handler = ({ update_id }: { update_id: number }): WebhookReply => replyOf(MAX_BYTES + update_id)
      const alone = await start({ handler, onDeadLetter: dead.onDeadLetter })
      const longest = await alone.deliver(text(0))
      expect([longest.status, longest.headers["content-length"], Buffer.byteLength(longest.body)]).toEqual([
        200,
        String(MAX_BYTES),
        MAX_BYTES,
      ])
      expectEmpty200(await alone.deliver(text(1)))
      expect(dead.letters).toEqual([{ id: 1, error: expect.objectContaining({ code: "invalid_reply" }), attempts: 1 }])
      const lengths: number[] = []
      const calling = await start({ handler, callApi: (call) => lengths.push(JSON.stringify(call).length) })
      expectEmpty200(await calling.deliver(text(1)))
      expect(lengths).toEqual([MAX_BYTES + 1])
    },
  },
  {
    id: "reply-unwritable",
    level: "SHOULD",
    rests: "design, 5",
    title:
      "a reply that cannot be written as JSON is the handler's mistake at every attempt: a dead letter with invalid_reply",
    async run(start) {
      const circle: { method: string; self?: unknown } = { method: "sendMessage" }
      circle.self = circle
      const values = [circle, { method: "sendMessage", chat_id: 1n }]
      const dead = new DeadLetters()
      const application = await start({
        handler: ({ update_id }) => values[update_id],
        onDeadLetter: dead.onDeadLetter,
      })
      for (const id of values.keys()) expectEmpty200(await application.deliver(text(id)))
      expect(dead.letters.map(({ id, error }) => [id, (error as { code?: unknown }).code])).toEqual([
        [0, "invalid_reply"],
        [1, "invalid_reply"],
      ])
    },
  },
]
