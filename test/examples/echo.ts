import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { example, Program, secretToken } from "./program.ts"

/** The tests of an example that says every text back, by webhook reply, from inside an application with a page at `/`. */
export function describeEcho(name: string): void {
  describe(`examples/${name}.ts`, { timeout: 20_000 }, () => {
    let program: Program

    beforeAll(async () => {
      program = await Program.start(example(name), { PORT: "0", SECRET_TOKEN: secretToken })
    }, 20_000)

    afterAll(() => program.kill())

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

    test("ends on SIGTERM, with idle connections still open (facts, 1.3)", async () => {
      expect(await program.terminate()).toBe(0)
    })
  })
}
