import { type Person, type Simulator, startSimulator } from "@hookgram/simulator"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { example, Program } from "./program.ts"
import { PublicAddress } from "./public-address.ts"
import { variables } from "./telegram.ts"

describe("examples/switch.ts", { timeout: 120_000 }, () => {
  let telegram: Simulator
  let address: PublicAddress

  beforeEach(async () => {
    telegram = await startSimulator()
    address = await PublicAddress.open()
  })

  afterEach(async () => {
    address.close()
    await telegram.close()
  })

  async function start(mode: string): Promise<Program> {
    const env = { ...variables(telegram), MODE: mode, WEBHOOK_URL: `http://127.0.0.1:${address.port}/telegram` }
    const program = await Program.start(example("switch"), env)
    address.leadTo(program.port)
    return program
  }

  const isSet = () => telegram.webhookInfo().url !== ""
  const texts = (person: Person, isBot: boolean) =>
    person.messages.flatMap(({ from, text }) => (from?.is_bot === isBot ? [text] : []))

  /** People who write all the time until they are told to stop. Gives them back. */
  function crowd(): () => Promise<Person[]> {
    const people = Array.from({ length: 5 }, (_, index) => telegram.user(`Person ${index}`))
    const over = new AbortController()
    const written = Promise.all(
      people.map(async (person) => {
        for (let count = 1; !over.signal.aborted; count++) {
          for (const part of ["a", "b", "c"]) await person.send(`${count}${part}`) // so that some wait behind others
          await telegram.sleep(100 + Math.random() * 100)
        }
      }),
    )
    return async () => {
      over.abort()
      await written
      return people
    }
  }

  /** Waits until some more messages were answered. */
  async function some(): Promise<void> {
    const answered = () => telegram.calls.filter(({ method }) => method === "sendMessage").length
    const before = answered()
    await telegram.until(() => answered() >= before + 20, 30_000)
  }

  /** Has the program handle an update without Telegram hearing of it, so that it comes again by polling. */
  async function stall(): Promise<void> {
    telegram.fault({ kind: "stall" })
    const isStalled = () =>
      telegram.deliveries.some(({ fault, outcome }) => fault === "stall" && outcome === "under way")
    await telegram.until(isStalled)
    await some()
  }

  test("goes from webhook to polling and back under load; nothing is lost, doubled or out of order", async () => {
    const program = await start("webhook")
    try {
      await telegram.until(isSet, 15_000)
      const stop = crowd()
      for (const way of ["polling", "webhook", "polling", "webhook"]) {
        await some()
        if (way === "polling") await stall()
        program.signal("SIGUSR2")
        await telegram.until(() => isSet() === (way === "webhook"), 15_000)
      }
      const people = await stop()
      await telegram.settled(60_000)
      for (const person of people) expect(texts(person, true)).toEqual(texts(person, false))
      const stalled = telegram.deliveries.filter(({ fault }) => fault === "stall")
      expect(stalled.map(({ outcome }) => outcome)).toEqual(["cut", "cut"])
      expect(await program.terminate()).toBe(0)
    } finally {
      await program.kill()
    }
  })

  test.each([
    ["webhook", "polling"],
    ["polling", "webhook"],
  ])("stopped by %s under load and started again by %s, it has lost and doubled nothing", async (before, after) => {
    const first = await start(before)
    const stop = crowd()
    try {
      await some()
      expect(await first.terminate()).toBe(0)
    } finally {
      await first.kill()
    }
    const second = await start(after)
    try {
      await some()
      const people = await stop()
      await telegram.settled(60_000)
      for (const person of people) expect(texts(person, true)).toEqual(texts(person, false))
      expect(isSet()).toBe(after === "webhook")
      await second.connect() // and sends nothing
      expect(await second.terminate()).toBe(0)
    } finally {
      await second.kill()
    }
  })
})
