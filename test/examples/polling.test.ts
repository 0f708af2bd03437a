import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { example, Program } from "./program.ts"

const env = (telegram: Simulator) => ({ BOT_TOKEN: telegram.token, API_URL: telegram.url })

describe("examples/polling.ts", { timeout: 20_000 }, () => {
  let telegram: Simulator

  beforeAll(async () => {
    telegram = await startSimulator()
  })

  afterAll(() => telegram.close())

  test("says to a person what they say, confirms it, and ends on SIGTERM", async () => {
    const program = Program.run(example("polling"), env(telegram))
    try {
      const ana = telegram.user("Ana")
      for (const text of ["Hola", "¿Qué tal?"]) {
        await ana.send(text)
        expect(await ana.nextReply({ timeout: 15_000 })).toMatchObject({ text, chat: { id: ana.id } })
      }
      expect(await program.terminate()).toBe(0)
      expect(telegram.bot.updates.size).toBe(0)
    } finally {
      await program.kill()
    }
  })

  test("refuses while a webhook is set, and says what to do", async () => {
    await fetch(`${telegram.url}/bot${telegram.token}/setWebhook?url=http://127.0.0.1:9/`)
    const program = Program.run(example("polling"), env(telegram))
    expect(await program.exited).toBe(1)
    expect(program.errors).toContain("poll with deleteWebhook: true to remove it")
    expect(telegram.webhookInfo().url).toBe("http://127.0.0.1:9/")
  })
})
