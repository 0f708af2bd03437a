import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { example, Program } from "./program.ts"
import { setWebhook, variables } from "./telegram.ts"

/** The tests of an example that says every text back, by webhook reply, from inside an application with a page at `/`. */
export function describeEcho(name: string): void {
  describe(`examples/${name}.ts`, { timeout: 20_000 }, () => {
    let telegram: Simulator
    let program: Program

    beforeAll(async () => {
      telegram = await startSimulator()
      program = await Program.start(example(name), variables(telegram))
    }, 20_000)

    afterAll(async () => {
      await program.kill()
      await telegram.close()
    })

    test("says to a person what they say", async () => {
      await setWebhook(telegram, program)
      const ana = telegram.user("Ana")
      await ana.send("Hola <b>&</b> 😂")
      expect(await ana.nextReply({ timeout: 15_000 })).toMatchObject({ text: "Hola <b>&</b> 😂", chat: { id: ana.id } })
      expect(telegram.deliveries).toMatchObject([{ attempt: 1, outcome: "delivered", reply: "sendMessage" }])
    })

    test("replies with the text it got (facts, 4)", async () => {
      const answer = await program.deliver(recordedUpdate("message-21-text-cyrillic-emoji"))
      expect(answer.status).toBe(200)
      expect(answer.headers["content-type"]).toMatch(/^application\/json/)
      expect(JSON.parse(answer.body)).toEqual({ method: "sendMessage", chat_id: 250918540, text: "Лол кек 😂" })
    })

    test("confirms what is no text without a reply", async () => {
      expect(await program.deliver(recordedUpdate("inline_query-06-location-and-offset"))).toMatchObject({
        status: 200,
        body: "",
      })
    })

    test("refuses a wrong secret", async () => {
      const answer = await program.deliver(recordedUpdate("message-26-text-plain"), { secretToken: "wrong" })
      expect(answer).toMatchObject({ status: 401, body: "" })
    })

    test("leaves the rest of the application alone", async () => {
      const page = await program.get("/")
      expect([page.status, await page.text()]).toEqual([200, "The rest of the application"])
    })

    test("ends on SIGTERM, with connections still open that are idle (facts, 1.3) or have sent nothing", async () => {
      await program.connect()
      expect(await program.terminate()).toBe(0)
    })
  })
}
