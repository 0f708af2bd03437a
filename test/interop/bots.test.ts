import { GiveUp, RetryLater, type Update } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { ApiFailure } from "../support/bot-api.ts"
import { recorded, recordedUpdate } from "../support/updates.ts"
import { libraries } from "./libraries.ts"
import { frameworks, gate, setup } from "./start.ts"

const command = recordedUpdate("message-58-start-command")
const text = recordedUpdate("message-26-text-plain")
const recent = recordedUpdate("message-69-date-after-2038")
const button = recordedUpdate("callback_query-02-edited-message-three-buttons")
const query = recordedUpdate("inline_query-06-location-and-offset")

const confirmed = { status: 200, body: "" }

describe.each(libraries)("a $name bot", ({ bot }) => {
  const context = setup()

  describe.each(frameworks)("on $name", (framework) => {
    test("answers a command, a text, a button and an inline query through its own API client, not in the answer to Telegram", async () => {
      const { api } = context
      const { deliver } = await context.start(framework, { handler: bot(api) })
      for (const update of [command, text, button, query]) expect(await deliver(update)).toMatchObject(confirmed)
      expect(api.callsTo("sendMessage").map(({ params }) => params)).toEqual([
        { chat_id: 12345678, text: "Welcome" },
        { chat_id: 123456789, text: "test test" },
      ])
      expect(api.callsTo("answerCallbackQuery").map(({ params }) => params)).toEqual([
        { callback_query_id: "608120766128219694", text: "test_callback_1" },
      ])
      const [answered] = api.callsTo("answerInlineQuery")
      expect(answered?.params).toMatchObject({
        inline_query_id: query.inline_query?.id,
        results: [{ title: "tidvatten närmast" }],
      })
    })

    test("has its middleware run once for a delivery that comes twice, one after the other or at once (facts, 12)", async () => {
      const runs: number[] = []
      const { api } = context
      const release = gate()
      const { deliver, seen } = await context.start(framework, {
        handler: bot(api, async ({ update_id }) => {
          runs.push(update_id)
          if (update_id === text.update_id) await release.opened
        }),
      })
      expect(await deliver(command)).toMatchObject(confirmed)
      expect(await deliver(command)).toMatchObject(confirmed)
      const both = [deliver(text), deliver(text)]
      await seen("joined")
      release.open()
      for (const answer of await Promise.all(both)) expect(answer).toMatchObject(confirmed)
      expect(runs).toEqual([command.update_id, text.update_id])
      expect(api.callsTo("sendMessage")).toHaveLength(2)
    })

    test("fails the delivery when its middleware throws, and gets the update again (facts, 3.2)", async () => {
      const { api } = context
      let broken = true
      const { deliver } = await context.start(framework, {
        handler: bot(api, () => {
          if (broken) throw new Error("The database is down.")
        }),
      })
      expect(await deliver(text)).toMatchObject({ status: 500, body: "" })
      expect(api.callsTo("sendMessage")).toHaveLength(0)
      broken = false
      expect(await deliver(text)).toMatchObject(confirmed)
      expect(api.callsTo("sendMessage")).toHaveLength(1)
    })

    test("is acknowledged when it is slower than the deadline, and goes on", async () => {
      const { api } = context
      const release = gate()
      const { deliver, seen } = await context.start(framework, {
        handler: bot(api, () => release.opened),
        deadline: 50,
      })
      expect(await deliver(text)).toMatchObject(confirmed)
      expect(api.callsTo("sendMessage")).toHaveLength(0)
      release.open()
      await seen("finished")
      expect(api.callsTo("sendMessage").map(({ params }) => params["text"])).toEqual(["test test"])
    })

    test("can give up: a dead letter with the reason, and Telegram forgets the update", async () => {
      const letters: [Update, unknown, number][] = []
      const { deliver, events } = await context.start(framework, {
        handler: bot(context.api, () => {
          throw new GiveUp("The order no longer exists.")
        }),
        onDeadLetter: (...letter) => letters.push(letter),
      })
      expect(await deliver(text)).toMatchObject(confirmed)
      expect(letters).toHaveLength(1)
      expect(letters[0]?.[0]).toEqual(text)
      expect(letters[0]?.[2]).toBe(1)
      expect(events.filter(({ type }) => type === "deadLettered")).toHaveLength(1)
      expect(await deliver(text)).toMatchObject(confirmed)
      expect(letters).toHaveLength(1)
    })

    test("can ask for the update again later (facts, 3.3)", async () => {
      const { api } = context
      let busy = true
      const { deliver } = await context.start(framework, {
        handler: bot(api, () => {
          if (busy) throw new RetryLater(7)
        }),
      })
      const answer = await deliver(recent)
      expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "7" } })
      busy = false
      expect(await deliver(recent)).toMatchObject(confirmed)
      expect(api.callsTo("sendMessage")).toHaveLength(1)
    })

    test("fails the delivery when the Bot API refuses its call", async () => {
      const { api } = context
      api.answer("sendMessage", () => {
        throw new ApiFailure(403, "Forbidden: bot was blocked by the user")
      })
      const { deliver } = await context.start(framework, { handler: bot(api) })
      expect(await deliver(text)).toMatchObject({ status: 500 })
      api.answer("sendMessage", () => true)
      expect(await deliver(text)).toMatchObject(confirmed)
    })
  })

  test.each(frameworks)("takes a recorded update of every kind on $name", async (framework) => {
    const seen: Update[] = []
    const { deliver } = await context.start(framework, { handler: bot(context.api, (update) => seen.push(update)) })
    const updates = recorded.map(({ name }, index) => recordedUpdate(name, index + 1))
    for (const update of updates) expect(await deliver(update)).toMatchObject(confirmed)
    expect(seen).toEqual(updates)
  })
})
