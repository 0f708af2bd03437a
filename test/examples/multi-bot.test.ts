import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { example, Program } from "./program.ts"

const shop = { path: "/telegram/shop", secretToken: "the-secret-of-the-shop" }
const support = { path: "/telegram/support", secretToken: "the-secret-of-the-support" }

describe("examples/multi-bot.ts", { timeout: 20_000 }, () => {
  let program: Program

  beforeAll(async () => {
    program = await Program.start(example("multi-bot"), {
      PORT: "0",
      SHOP_SECRET: shop.secretToken,
      SUPPORT_SECRET: support.secretToken,
    })
  }, 20_000)

  afterAll(() => program.kill())

  test("gives the same update_id to each bot, and to neither of them twice (facts, 12: ids are unique per bot)", async () => {
    const update = recordedUpdate("message-26-text-plain")
    const reply = (text: string): string => JSON.stringify({ method: "sendMessage", chat_id: 123456789, text })
    expect(await program.deliver(update, shop)).toMatchObject({ status: 200, body: reply("This is the shop") })
    expect(await program.deliver(update, support)).toMatchObject({ status: 200, body: reply("This is the support") })
    expect(await program.deliver(update, shop)).toMatchObject({ status: 200, body: "" })
    expect(await program.deliver(update, support)).toMatchObject({ status: 200, body: "" })
  })

  test("refuses one bot's secret at the other's path", async () => {
    const update = recordedUpdate("message-58-start-command")
    expect(await program.deliver(update, { ...shop, path: support.path })).toMatchObject({ status: 401 })
    expect(await program.deliver(update, { ...support, path: shop.path })).toMatchObject({ status: 401 })
  })

  test("ends on SIGTERM", async () => {
    await program.connect() // and sends nothing
    expect(await program.terminate()).toBe(0)
  })
})
