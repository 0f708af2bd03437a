import { createServer } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import type { Simulator } from "@hookgram/simulator"
import { expect, onTestFinished, test } from "vitest"
import { setWebhook, virtualTelegram } from "../support/telegram.ts"

/** A bot whose handler waits for something before it answers. */
async function botThat(telegram: Simulator, handle: (text: string) => Promise<unknown>): Promise<void> {
  const server = createServer(async (request, response) => {
    let body = ""
    for await (const chunk of request) body += chunk
    const { message } = JSON.parse(body) as { message: { text: string } }
    await handle(message.text)
    response.end()
  })
  server.listen(0, "127.0.0.1")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, "listening")
  await setWebhook(telegram, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
}

test("a handler may sleep while the test waits, and the time goes as far as it sleeps", async () => {
  const telegram = await virtualTelegram()
  const start = telegram.now
  await botThat(telegram, () => telegram.sleep(30_000))
  await telegram.user("Ana").send("hi")
  await telegram.settled()
  expect(telegram.now - start).toBe(30_000)
  expect(telegram.deliveries).toMatchObject([{ attempt: 1, outcome: "delivered" }])
})

test("a handler may wait for something while the test waits for the handler", async () => {
  const telegram = await virtualTelegram({ patience: 200 })
  const start = telegram.now
  await botThat(telegram, (text) =>
    text === "first" ? telegram.until(() => telegram.now - start >= 20_000, 30_000) : Promise.resolve(),
  )
  const ana = telegram.user("Ana")
  await ana.send("first")
  await telegram.settled()
  expect(telegram.deliveries).toMatchObject([{ attempt: 1, outcome: "delivered" }])
})

test("a handler may wait for an answer of its own bot while the test waits for another", async () => {
  const telegram = await virtualTelegram({ patience: 200 })
  const [ana, ben] = [telegram.user("Ana"), telegram.user("Ben")]
  const heard: (string | undefined)[] = []
  const say = (chat_id: number, text: string) =>
    fetch(`${telegram.url}/bot${telegram.token}/sendMessage?chat_id=${chat_id}&text=${text}`)
  await botThat(telegram, async (text) => {
    if (text === "from Ben") return say(ben.id, "to Ben")
    const next = ben.nextReply({ timeout: 10_000 })
    await ben.send("from Ben")
    heard.push((await next).text)
    return say(ana.id, "to Ana")
  })
  // The first success opens the way for more than one request at a time.
  await ben.send("from Ben")
  expect(await ben.nextReply()).toMatchObject({ text: "to Ben" })
  await ana.send("from Ana")
  expect(await ana.nextReply({ timeout: 20_000 })).toMatchObject({ text: "to Ana" })
  expect(heard).toEqual(["to Ben"])
  await telegram.settled()
  expect(telegram.deliveries.every(({ outcome }) => outcome === "delivered")).toBe(true)
})

test("many people wait for their answers at once", async () => {
  const telegram = await virtualTelegram()
  await botThat(telegram, async (text) => {
    await telegram.sleep(1000)
    await fetch(`${telegram.url}/bot${telegram.token}/sendMessage?chat_id=${text}&text=to+${text}`)
  })
  const people = Array.from({ length: 20 }, (_, index) => telegram.user(`Person ${index}`))
  const replies = await Promise.all(
    people.map(async (person) => {
      await person.send(String(person.id))
      return (await person.nextReply({ timeout: 60_000 })).text
    }),
  )
  await telegram.settled()
  expect(replies).toEqual(people.map(({ id }) => `to ${id}`))
  expect(telegram.deliveries.every(({ outcome }) => outcome === "delivered")).toBe(true)
})

test("what a handler does after its answer is waited for, if it does not take longer than the patience", async () => {
  const telegram = await virtualTelegram()
  const ana = telegram.user("Ana")
  await botThat(telegram, async () => {
    setTimeout(() => void fetch(`${telegram.url}/bot${telegram.token}/sendMessage?chat_id=${ana.id}&text=late`), 100)
  })
  await ana.send("hi")
  expect(await ana.nextReply()).toMatchObject({ text: "late" })
})
