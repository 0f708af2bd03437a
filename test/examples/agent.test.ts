import { type Person, type Simulator, startSimulator } from "@hookgram/simulator"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { example, Program } from "./program.ts"
import { Service } from "./service.ts"
import { setWebhook, variables } from "./telegram.ts"

const waiting = { timeout: 15_000 }

describe("examples/agent.ts", { timeout: 30_000 }, () => {
  const model = new Service()
  let telegram: Simulator
  let program: Program

  beforeAll(async () => {
    telegram = await startSimulator()
    program = await Program.start(example("agent"), { ...variables(telegram), LLM_URL: await model.address() })
    await setWebhook(telegram, program)
  }, 20_000)

  afterAll(async () => {
    await program.kill()
    model.stop()
    await telegram.close()
  })

  /** A new person, who has given the agent something to do; and what the model was asked. */
  async function task(name: string, text: string) {
    const person = telegram.user(name)
    await person.send(text)
    expect(await reply(person)).toBe("I am on it.")
    return { person, request: await asked([text]) }
  }

  /** The model's next request, which has this dialogue in it, and the answers it may give. */
  async function asked(dialog: readonly string[]) {
    const { text, answer } = await model.next()
    expect(JSON.parse(text)).toEqual(dialog)
    const say = (type: string) => (content: string) => answer(200, JSON.stringify({ type, text: content }))
    return { progress: say("progress"), question: say("question"), result: say("result"), fail: () => answer(500) }
  }

  const reply = async (person: Person) => (await person.nextReply(waiting)).text

  test("works while Telegram has its answer, shows how far it is, asks, and goes on with what it is told", async () => {
    const { person, request } = await task("Ana", "Plan a trip")
    await telegram.settled(15_000) // Telegram has its answer
    request.progress("Reading timetables")
    expect(await person.nextEdit(waiting)).toMatchObject({ text: "Reading timetables" })
    ;(await asked(["Plan a trip"])).question("Where to?")
    expect(await reply(person)).toBe("Where to?")
    await person.send("Rome")
    ;(await asked(["Plan a trip", "Where to?", "Rome"])).result("By train, at nine.")
    expect(await reply(person)).toBe("By train, at nine.")
    await telegram.settled(15_000)
    expect(telegram.deliveries.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, "delivered"],
      [1, "delivered"],
    ])
    expect(telegram.calls.filter(({ method }) => method === "sendChatAction")).toHaveLength(3)
  })

  test("takes the chat's next message while it works", async () => {
    const { person, request } = await task("Ben", "Something long")
    await person.send("Something short")
    expect(await reply(person)).toBe("I am on it.")
    ;(await asked(["Something short"])).result("Short")
    expect(await reply(person)).toBe("Short")
    request.result("Long")
    expect(await reply(person)).toBe("Long")
  })

  test("says so when it fails", async () => {
    const { person, request } = await task("Eve", "Something impossible")
    request.fail()
    expect(await reply(person)).toBe("I had to give up. Please ask again.")
  })

  test("finishes what it can when SIGTERM comes, and tells those who wait for the rest", async () => {
    const asking = await task("Asked", "Ask me")
    asking.request.question("What?")
    expect(await reply(asking.person)).toBe("What?")
    const slow = await task("Slow", "In vain")
    const quick = await task("Quick", "In time")
    const exit = program.terminate()
    await program.refuses()
    quick.request.result("Here it is")
    expect(await reply(quick.person)).toBe("Here it is")
    expect(await reply(asking.person)).toBe("I had to give up. Please ask again.") // no message can come any more
    expect(await reply(slow.person)).toBe("I had to give up. Please ask again.")
    expect(await exit).toBe(0)
  })
})
