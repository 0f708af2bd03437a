import { startSimulator, type Simulator } from "@hookgram/simulator"
import type { Snapshot } from "../../../packages/simulator/src/page/snapshot.ts"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { call, Events } from "./requests.ts"

let telegram: Simulator
let url: string
const opened: Events[] = []

beforeEach(async () => {
  telegram = await startSimulator()
  url = telegram.url
})
afterEach(async () => {
  for (const events of opened.splice(0)) events.close()
  await telegram.close()
})

function listen(place = ""): Events {
  const events = new Events(`${url}/events?${place}`)
  opened.push(events)
  return events
}

describe("events", () => {
  test("begin with all there is to show", async () => {
    const ana = telegram.user("Ana")
    await ana.send("Hola")
    const state = await listen(`person=${ana.id}&peer=${telegram.bot.id}`).find("state")
    expect(state).toMatchObject({
      people: [{ id: ana.id, name: "Ana" }],
      bots: [{ id: telegram.bot.id, webhook: { url: "", pending_update_count: 1 } }],
      chats: [{ peer: telegram.bot.id, type: "private", joined: true, last: { text: "Hola" } }],
      messages: [{ message: { text: "Hola" } }],
      older: false,
    })
  })

  test("go on with what changes in this chat, and with nothing of others", async () => {
    const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
    const events = listen(`person=${ana.id}&peer=${telegram.bot.id}`)
    await events.find("state")
    await ben.send("of Ben")
    const sent = await ana.send("of Ana")
    await events.find("changes", ({ messages }) => messages.some((one) => one.message.text === "of Ana"))
    await ana.edit(sent, "edited")
    await events.find("changes", ({ messages }) => messages.some((one) => one.message.text === "edited"))
    await ana.delete(sent)
    await events.find("changes", ({ deleted }) => deleted.includes(sent.message_id))
    expect(JSON.stringify(events.received)).not.toContain("of Ben")
  })

  test("tell of a reaction, of people and of chats that are new", async () => {
    const ana = telegram.user("Ana")
    const sent = await ana.send("hi")
    const events = listen(`person=${ana.id}&peer=${telegram.bot.id}`)
    await events.find("state")
    await ana.react(sent, "🔥")
    await events.find("changes", ({ messages }) => messages.some((one) => "🔥" in one.reactions))
    telegram.user("Ben")
    telegram.group("Team", { members: [ana] })
    await events.find("overview", ({ people }) => people.length === 2)
    await events.find("overview", ({ chats }) => chats.some((chat) => chat.title === "Team" && chat.joined))
  })

  test("gather thousands of messages into a few events, the newest of them at the end", async () => {
    const ana = telegram.user("Ana")
    const events = listen(`person=${ana.id}&peer=${telegram.bot.id}`)
    await events.find("state")
    for (let count = 1; count <= 3000; count++) await ana.send(`number ${count}`)
    const texts = () => events.received.flatMap(({ data }) => (data.messages ?? []).map((one) => one.message.text))
    await expect.poll(() => texts().includes("number 3000")).toBe(true)
    expect(events.received.filter(({ event }) => event !== "tick").length).toBeLessThan(30)
    expect(texts().length).toBeLessThan(1000)
  })

  test("leave out nothing of a call that is short, and cut one that is long", async () => {
    const ana = telegram.user("Ana")
    await ana.send("hi")
    const events = listen()
    await events.find("state")
    const send = (text: string) =>
      fetch(`${url}/bot${telegram.token}/sendMessage?${new URLSearchParams({ chat_id: String(ana.id), text })}`, {
        method: "POST",
      })
    await send("short")
    const { calls } = await events.find("changes", (data) => data.calls.some((one) => one.ok))
    expect(calls[0]).toMatchObject({ method: "sendMessage", via: "http", modelled: true })
    expect(JSON.parse(calls[0]!.parameters)).toMatchObject({ text: "short" })
    await fetch(`${url}/bot${telegram.token}/sendMessage`, {
      method: "POST",
      body: new URLSearchParams({ text: "é".repeat(20_000) }),
    })
    const long = await events.find("changes", (data) => data.calls.some((one) => one.parameters.length > 5000))
    expect(long.calls[0]!.parameters).toMatch(/… and \d+ more characters$/)
    expect(long.calls[0]!.parameters.length).toBeLessThan(10_000)
  })

  test("end with the simulator", async () => {
    const response = await fetch(`${url}/events`)
    const ended = response.text().catch(() => "cut")
    await telegram.close()
    expect(await ended).toBeDefined()
    telegram = await startSimulator()
  })
})

test("older messages come a page at a time, without a gap", async () => {
  const ana = telegram.user("Ana")
  for (let count = 1; count <= 150; count++) await ana.send(String(count))
  const seen: string[] = []
  let before = ""
  for (let older = true; older;) {
    const { body } = await call(`${url}/state?person=${ana.id}&peer=${telegram.bot.id}${before}`)
    const state: Snapshot = JSON.parse(body)
    seen.unshift(...state.messages.map((one) => one.message.text ?? ""))
    before = `&before=${state.messages[0]!.message.message_id}`
    older = state.older
  }
  expect(seen).toEqual(Array.from({ length: 150 }, (_, index) => String(index + 1)))
})
