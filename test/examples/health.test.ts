import { createApi } from "@hookgram/api"
import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { example, Program } from "./program.ts"
import { setWebhook, variables } from "./telegram.ts"

describe("examples/health.ts", { timeout: 20_000 }, () => {
  let telegram: Simulator
  let program: Program

  beforeEach(async () => {
    telegram = await startSimulator()
    program = await Program.start(example("health"), variables(telegram))
  }, 20_000)

  afterEach(async () => {
    await program.kill()
    await telegram.close()
  })

  async function check(path: string): Promise<[status: number, report: unknown]> {
    const response = await program.get(path)
    const body = await response.text()
    return [response.status, body === "" ? "" : JSON.parse(body)]
  }

  test("is healthy when the webhook is set and delivers", async () => {
    await setWebhook(telegram, program)
    const ana = telegram.user("Ana")
    await ana.send("Hola")
    expect((await ana.nextReply({ timeout: 15_000 })).text).toBe("Hola")
    await telegram.settled(15_000)
    expect(await check("/health")).toMatchObject([200, { healthy: true, telegram: { isSet: true, pendingUpdates: 0 } }])
    expect((await check("/health/ready"))[0]).toBe(200)
    await program.connect() // and sends nothing
    expect(await program.terminate()).toBe(0)
  })

  test("without a webhook it is ready, and not healthy", async () => {
    const problems = ["Telegram has no webhook set"]
    expect(await check("/health")).toMatchObject([503, { ready: true, healthy: false, problems }])
    expect((await check("/health/ready"))[0]).toBe(200)
    expect((await check("/health/live"))[0]).toBe(200)
  })

  test("says what Telegram fails with, and is ready all the same", async () => {
    await telegram.sleep(1100) // Telegram's dates are whole seconds, and what is older than the program does not count
    const api = createApi(telegram.token, { baseUrl: telegram.url })
    await api.setWebhook({ url: `http://127.0.0.1:${program.port}/telegram`, secret_token: "another" })
    await telegram.user("Ben").send("Hola")
    await telegram.until(() => telegram.webhookInfo().last_error_message, 15_000)
    expect(await check("/health")).toMatchObject([503, { problems: [expect.stringContaining("401")] }])
    expect((await check("/health/ready"))[0]).toBe(200)
  })
})
