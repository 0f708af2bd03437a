import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { example, Program, secretToken } from "./program.ts"
import { PublicAddress } from "./public-address.ts"
import { variables } from "./telegram.ts"

describe("examples/stand-alone.ts", { timeout: 20_000 }, () => {
  let telegram: Simulator
  let address: PublicAddress
  let program: Program

  beforeAll(async () => {
    telegram = await startSimulator()
    address = await PublicAddress.open()
    const env = { ...variables(telegram), WEBHOOK_URL: `http://127.0.0.1:${address.port}/telegram` }
    program = await Program.start(example("stand-alone"), env)
    address.leadTo(program.port)
  }, 20_000)

  afterAll(async () => {
    await program.kill()
    address.close()
    await telegram.close()
  })

  test("sets its webhook, with the secret and the kinds that it has handlers for", () => {
    const call = telegram.calls.find(({ method }) => method === "setWebhook")
    expect(call?.parameters).toMatchObject({ secret_token: secretToken })
    expect(telegram.webhookInfo()).toMatchObject({
      url: `http://127.0.0.1:${address.port}/telegram`,
      allowed_updates: ["message"],
    })
  })

  test("says to a person what they say", async () => {
    const ana = telegram.user("Ana")
    await ana.send("Hola")
    expect(await ana.nextReply({ timeout: 15_000 })).toMatchObject({ text: "Hola", chat: { id: ana.id } })
  })

  test("answers health checks", async () => {
    for (const path of ["/health", "/health/ready", "/health/live"]) {
      expect((await program.get(path)).status, path).toBe(200)
    }
    expect(await (await program.get("/health")).json()).toMatchObject({ healthy: true, telegram: { isSet: true } })
    expect((await program.get("/")).status).toBe(404)
  })

  test("ends on SIGTERM, and leaves the webhook set", async () => {
    expect(await program.terminate()).toBe(0)
    expect(telegram.webhookInfo().url).not.toBe("")
  })
})
