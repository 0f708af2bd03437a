import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { example, Program } from "./program.ts"
import { PublicAddress } from "./public-address.ts"
import { variables } from "./telegram.ts"

describe("examples/allowed-updates.ts", { timeout: 20_000 }, () => {
  let telegram: Simulator
  let address: PublicAddress
  let program: Program

  const start = async () => {
    const env = { ...variables(telegram), WEBHOOK_URL: `http://127.0.0.1:${address.port}/telegram` }
    program = await Program.start(example("allowed-updates"), env)
    address.leadTo(program.port)
  }

  beforeAll(async () => {
    telegram = await startSimulator()
    address = await PublicAddress.open()
    await start()
  }, 20_000)

  afterAll(async () => {
    await program.kill()
    address.close()
    await telegram.close()
  })

  test("asks Telegram for the kinds that it has handlers for, when it listens", async () => {
    await program.line(/^The webhook is set$/)
    expect(telegram.webhookInfo().allowed_updates).toEqual(["message", "message_reaction"])
  })

  test("gets reactions, which are not sent by default, and no edited messages (facts, 5.5)", async () => {
    const ana = telegram.user("Ana")
    const command = await ana.send("/start")
    const message = await ana.nextReply({ timeout: 15_000 })
    expect(message.text).toBe("React to this.")
    await ana.edit(command, "/stop")
    await ana.react(message, "👍")
    expect((await ana.nextReply({ timeout: 15_000 })).text).toBe("Thank you.")
    await ana.react(message)
    expect((await ana.nextReply({ timeout: 15_000 })).text).toBe("A pity.")
    await telegram.settled(15_000)
    expect(telegram.deliveries.map(({ kind }) => kind)).toEqual(["message", "message_reaction", "message_reaction"])
  })

  test("ends on SIGTERM, and at its next start leaves alone what is right", async () => {
    await program.connect() // and sends nothing
    expect(await program.terminate()).toBe(0)
    await start()
    await program.line(/^The webhook was set already$/)
    expect(telegram.calls.filter(({ method }) => method === "setWebhook")).toHaveLength(1)
  })
})
