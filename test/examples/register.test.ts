import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { example, Program, secretToken } from "./program.ts"
import { variables } from "./telegram.ts"

describe("examples/register.ts", { timeout: 20_000 }, () => {
  let telegram: Simulator

  beforeAll(async () => {
    telegram = await startSimulator()
  })

  afterAll(() => telegram.close())

  /** What it prints, when it ends well. Nobody listens at the webhook. */
  async function run(verb: string, secret = secretToken): Promise<string> {
    const env = { ...variables(telegram), SECRET_TOKEN: secret, WEBHOOK_URL: "http://127.0.0.1:9/telegram" }
    const program = Program.run(example("register"), env, [verb])
    const code = await program.exited
    expect(code, program.errors).toBe(0)
    return program.lines.join("\n")
  }

  const secretSet = () => telegram.calls.findLast(({ method }) => method === "setWebhook")?.parameters["secret_token"]

  test("says that no webhook is set", async () => {
    expect(await run("info")).toMatch(/^No webhook, 0 waiting\nerror: No webhook is set/)
  })

  test("sets it, with the secret", async () => {
    expect(await run("set")).toBe("Set: it differed in url")
    expect(telegram.webhookInfo().url).toBe("http://127.0.0.1:9/telegram")
    expect(secretSet()).toBe(secretToken)
  })

  test("sets a new secret, which Telegram shows no difference by", async () => {
    expect(await run("set", "another")).toBe("Set again")
    expect(secretSet()).toBe("another")
  })

  test("says what Telegram fails with", async () => {
    await telegram.user("Ana").send("Hola")
    await telegram.until(() => telegram.webhookInfo().last_error_message, 15_000)
    expect(await run("info")).toMatch(/^http:\/\/127\.0\.0\.1:9\/telegram, 1 waiting\nerror: .*Start the receiver/)
  })

  test("deletes it, and drops nothing", async () => {
    expect(await run("delete")).toBe("Deleted")
    expect(telegram.webhookInfo()).toMatchObject({ url: "", pending_update_count: 1 })
  })
})
