/** A bot's test as one writes it with `node:test`. It is run by `node-test.test.ts`, in a process of its own. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { after, before, test } from "node:test"
import { type Simulator, startSimulator } from "@hookgram/simulator"

let telegram: Simulator
let bot: Server

before(async () => {
  telegram = await startSimulator({ clock: "virtual", seed: 1 })
  bot = createServer(async (request, response) => {
    let body = ""
    for await (const chunk of request) body += chunk
    const { message } = JSON.parse(body) as { message: { text: string; chat: { id: number } } }
    response.statusCode = message.text === "bad" ? 500 : 200
    response.setHeader("Content-Type", "application/json")
    response.end(JSON.stringify({ method: "sendMessage", chat_id: message.chat.id, text: `You said: ${message.text}` }))
  })
  await once(bot.listen(0, "127.0.0.1"), "listening")
  const { port } = bot.address() as AddressInfo
  await fetch(`${telegram.url}/bot${telegram.token}/setWebhook?url=http://127.0.0.1:${port}/`)
})

after(async () => {
  await telegram.close()
  bot.close()
})

void test("the bot says it back", async () => {
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  assert.equal((await ana.nextReply()).text, "You said: Hola")
})

void test("what it fails to answer comes again for a day", async () => {
  await telegram.user("Ben").send("bad")
  await telegram.settled()
  const attempts = telegram.deliveries.filter(({ status }) => status === 500)
  assert.ok(attempts.length > 900)
  assert.equal(attempts.at(-1)?.outcome, "dropped")
})
