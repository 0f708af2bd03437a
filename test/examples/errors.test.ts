import { type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { example, Program } from "./program.ts"
import { Service } from "./service.ts"
import { setWebhook, variables } from "./telegram.ts"

describe("examples/errors.ts", { timeout: 30_000 }, () => {
  const shop = new Service()
  let telegram: Simulator
  let program: Program
  /** How many deliveries there were before this test. */
  let before = 0

  beforeAll(async () => {
    telegram = await startSimulator()
    program = await Program.start(example("errors"), { ...variables(telegram), SHOP_URL: await shop.address() })
    await setWebhook(telegram, program)
  }, 20_000)

  beforeEach(() => {
    before = telegram.deliveries.length
  })

  afterAll(async () => {
    await program.kill()
    shop.stop()
    await telegram.close()
  })

  const statuses = () => telegram.deliveries.slice(before).map(({ status }) => status)

  /** Asks for an order; the shop gives these answers, one at each attempt. */
  async function order(...answers: Parameters<Awaited<ReturnType<Service["next"]>>["answer"]>[]) {
    const person = telegram.user("Ana")
    await person.send("/order 17/4")
    for (const answer of answers) {
      const request = await shop.next()
      expect(request.target).toBe("/orders/17%2F4")
      request.answer(...answer)
    }
    return person
  }

  test("what is no error is an answer to the person", async () => {
    const found = await order([200, "One umbrella"])
    expect((await found.nextReply({ timeout: 15_000 })).text).toBe("One umbrella")
    const missing = await order([404])
    expect((await missing.nextReply({ timeout: 15_000 })).text).toBe("There is no such order.")
    await telegram.settled(15_000)
    expect(statuses()).toEqual([200, 200])
  })

  test("an error makes Telegram deliver again, and RetryLater says when", async () => {
    const ana = await order([500], [503, "", { "Retry-After": "1" }], [200, "One umbrella"])
    expect((await ana.nextReply({ timeout: 15_000 })).text).toBe("One umbrella")
    await telegram.settled(15_000)
    expect(statuses()).toEqual([500, 503, 200])
    const [, second] = telegram.deliveries.slice(before)
    expect(Math.round((second!.retryAt! - second!.endedAt!) / 1000)).toBe(1)
    await program.line(/^Attempt 1 has failed: Error: The shop answers 500$/)
  })

  test("GiveUp makes a dead letter of it at once", async () => {
    await order([410])
    await program.line(/^Given up after 1: GiveUp: the order is gone$/)
    await telegram.settled(15_000)
    expect(statuses()).toEqual([200])
  })

  test("so does the last attempt", async () => {
    await order([502], [502], [502])
    await program.line(/^Given up after 3: Error: The shop answers 502$/)
    await telegram.settled(15_000)
    expect(statuses()).toEqual([500, 500, 200])
  })

  test("what bot.catch takes is done", async () => {
    const ana = telegram.user("Ana")
    await ana.send("/order 1")
    const request = await shop.next()
    await ana.block()
    request.answer(200, "One umbrella")
    await program.line(/^Blocked: there is nobody to answer$/)
    await telegram.settled(15_000)
    expect(new Set(statuses())).toEqual(new Set([200])) // that of the message, and that of the block
  })

  test("ends on SIGTERM", async () => {
    expect(await program.terminate()).toBe(0)
  })
})
