import { memoryDedup, type WebhookReply } from "@hookgram/core"
import { expect } from "vitest"
import { secretToken } from "../support/application.ts"
import type { WireAnswer } from "../support/connection.ts"
import { gate } from "../support/gate.ts"
import { wireRequest } from "../support/wire.ts"
import type { ContractCase } from "./case.ts"
import { text } from "./delivery-samples.ts"
import { count, expectEmpty200, idle, send, Stage } from "./delivery-stage.ts"

const reply: WebhookReply = { method: "sendMessage", chat_id: 123456789, text: "Привет, 世界 🌍 \u0000 “é”" }

function expectReply({ status, headers, body }: WireAnswer, call: object): void {
  expect(status).toBe(200)
  expect(headers["content-type"]).toMatch(/^application\/json\b/)
  expect(headers["content-length"]).toBe(String(Buffer.byteLength(body)))
  expect(JSON.parse(body)).toEqual(call)
}

export const replyCases: readonly ContractCase[] = [
  {
    id: "reply",
    level: "MUST",
    rests: "facts, 4 and 3.1",
    title: "a returned call is the answer's body, as JSON, with its length in bytes, so that the connection goes on",
    async run(start) {
      const application = await start({ handler: ({ update_id }) => (update_id === 1 ? reply : undefined) })
      const connection = await application.connect()
      for (const expectAnswer of [(answer: WireAnswer) => expectReply(answer, reply), expectEmpty200]) {
        connection.write(wireRequest(text(1), { port: application.port, secretToken }))
        expectAnswer(await connection.answer()) // The second time it is a duplicate, which is not replied to again.
        connection.write(wireRequest(text(2), { port: application.port, secretToken }))
        expectEmpty200(await connection.answer())
      }
    },
  },
  {
    id: "reply-without-nulls",
    level: "MUST",
    rests: "facts, 4",
    title:
      "parameters that are null or undefined are left out, since Telegram reads null as a text; false, 0 and '' stay",
    async run(start) {
      const kept = {
        method: "sendMessage",
        chat_id: 0,
        text: "",
        protect_content: false,
        reply_markup: { inline_keyboard: [] },
      }
      const application = await start({
        handler: async () => ({ ...kept, parse_mode: null, message_thread_id: undefined }),
      })
      expectReply(await application.deliver(text()), kept)
    },
  },
  {
    id: "reply-names",
    level: "MUST",
    rests: "facts, 4",
    title: "a method whose name only looks like one that Telegram ignores is replied with",
    async run(start) {
      const calls = ["closeForumTopic", "logOutside", "setWebhookInfo", "forgetMe"].map((method) => ({
        method,
        chat_id: 1,
      }))
      const application = await start({ handler: ({ update_id }) => calls[update_id] })
      for (const [id, call] of calls.entries()) expectReply(await application.deliver(text(id)), call)
    },
  },
  {
    id: "reply-none",
    level: "MUST",
    rests: "facts, 3.1 and 4",
    title: "anything else that a handler returns is no reply: an empty 200",
    async run(start) {
      const values = [
        undefined,
        null,
        true,
        0,
        42,
        "sendMessage",
        [],
        [reply],
        { ok: true },
        { method: 1 },
        { method: null },
        () => reply,
        Symbol("reply"),
        1n,
      ]
      const application = await start({ handler: ({ update_id }) => values[update_id] })
      for (const id of values.keys()) expectEmpty200(await application.deliver(text(id)))
    },
  },
  {
    id: "reply-once",
    level: "MUST",
    rests: "facts, 4 and 12",
    title: "when several deliveries wait for one run, exactly one of them carries the reply",
    async run(start) {
      const stage = new Stage()
      const application = await start({ handler: stage.handler })
      const sent = [await send(application, text()), await send(application, text()), await send(application, text())]
      ;(await stage.run(1)).end(reply)
      const answers = await Promise.all(sent.map(({ answer }) => answer))
      const [carrier, ...others] = answers.toSorted((a, b) => b.body.length - a.body.length)
      expectReply(carrier!, reply)
      for (const other of others) expectEmpty200(other)
    },
  },
  {
    id: "reply-once-noted-late",
    level: "MUST",
    rests: "facts, 4 and 12",
    title: "a delivery that comes while the store still notes the update as done does not get the reply again",
    async run(start) {
      const noted = gate()
      const application = await start({
        handler: () => reply,
        botId: 1,
        dedup: { ...memoryDedup(), complete: () => noted.passed },
      })
      expectReply(await application.deliver(text()), reply)
      expectEmpty200(await application.deliver(text()))
      noted.open()
      await idle(application)
      expect(count(application, "started")).toBe(1)
    },
  },
  {
    id: "reply-joined-after-503",
    level: "MUST",
    rests: "facts, 3.1 and 4",
    title: "a reply rides on the delivery that waits for it: the redelivery, when the first one got its 503",
    async run(start) {
      const stage = new Stage()
      const application = await start({
        handler: stage.handler,
        deadline: 30,
        onDeadline: "retry",
        onEvent: (event) => {
          if (event.type === "joined") stage.runs[0]?.end(reply)
        },
      })
      expect((await application.deliver(text())).status).toBe(503)
      expectReply(await application.deliver(text()), reply)
    },
  },
]
