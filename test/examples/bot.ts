import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { BotApi, botToken } from "../support/bot-api.ts"
import { recordedUpdate } from "../support/updates.ts"
import { example, Program, secretToken } from "./program.ts"

/** The tests of an example with a bot of another library, which calls the Bot API by itself. */
export function describeBot(name: string): void {
  describe(`examples/${name}.ts`, { timeout: 20_000 }, () => {
    let api: BotApi
    let program: Program

    beforeAll(async () => {
      api = await BotApi.start()
      program = await Program.start(example(name), {
        PORT: "0",
        SECRET_TOKEN: secretToken,
        BOT_TOKEN: botToken,
        API_URL: api.root,
      })
    }, 20_000)

    afterAll(async () => {
      await program.kill()
      await api.stop()
    })

    test("answers a command, a text and a button through its own API client", async () => {
      for (const update of [
        "message-58-start-command",
        "message-26-text-plain",
        "callback_query-02-edited-message-three-buttons",
      ]) {
        expect(await program.deliver(recordedUpdate(update))).toMatchObject({ status: 200, body: "" })
      }
      expect(api.callsTo("sendMessage").map((call) => call.params)).toEqual([
        { chat_id: 12345678, text: "Hello FistName" },
        { chat_id: 123456789, text: "test test" },
      ])
      expect(api.callsTo("answerCallbackQuery").map((call) => call.params)).toEqual([
        { callback_query_id: "608120766128219694", text: "test_callback_1" },
      ])
      expect(api.callsTo("getMe")).toHaveLength(1)
    })

    test("refuses a wrong secret", async () => {
      const before = api.calls.length
      expect(await program.deliver(recordedUpdate("message-26-text-plain", 1), { secretToken: "wrong" })).toMatchObject(
        { status: 401 },
      )
      expect(api.calls).toHaveLength(before)
    })

    test("finishes what runs when SIGTERM comes, answers it, and ends though the connection stays open (facts, 1.3)", async () => {
      const calls = api.callsTo("sendMessage").length
      let release = (): void => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      api.answer("sendMessage", () => gate)
      const answer = program.deliver(recordedUpdate("message-59-text-hello"))
      await api.called("sendMessage", calls + 1)
      await program.connect() // and sends nothing
      const exit = program.terminate()
      await program.refuses()
      release()
      expect(await answer).toMatchObject({ status: 200 })
      expect(await exit).toBe(0)
    })
  })
}
