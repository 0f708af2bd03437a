import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import type { Update } from "@grammyjs/types"
import { startSimulator } from "@hookgram/simulator"
import { expect, onTestFinished, test } from "vitest"
import { callApi } from "../support/post.ts"

const buttons = { inline_keyboard: [[{ text: "Plan A", callback_data: "a" }]] }

/** A bot that answers in the answer to the delivery; the first delivery of all fails. */
async function startBot(): Promise<string> {
  let deliveries = 0
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { message, callback_query } = JSON.parse(body) as Update
      if (deliveries++ === 0) return response.writeHead(500).end()
      const reply = callback_query
        ? { method: "sendMessage", chat_id: callback_query.from.id, text: `You chose ${callback_query.data}` }
        : { method: "sendMessage", chat_id: message?.chat.id, text: "Which?", reply_markup: buttons }
      return response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(reply))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test.each(["real", "virtual"] as const)("a conversation over a webhook, by a %s clock", async (clock) => {
  const telegram = await startSimulator({ clock, seed: 1 })
  onTestFinished(() => telegram.close())
  await callApi(telegram, "setWebhook", { url: await startBot() })
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  await ana.press("Plan A")
  const reply = await ana.nextReply()
  expect(reply.text).toBe("You chose a")
  expect(ana.messages.map((message) => message.text)).toEqual(["Hola", "Which?", "You chose a"])
})
