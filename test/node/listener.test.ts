import { once } from "node:events"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { telegramWebhook } from "@hookgram/node"
import { afterEach, describe, expect, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"

const secretToken = "A-valid_secret-token-1"
const body = JSON.stringify(recordedUpdate("message-59-text-hello", 7))
const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": secretToken }
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1")
  servers.push(server)
  await once(server, "listening")
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe("with a path", () => {
  test("other paths go to the application, untouched", async () => {
    const webhook = telegramWebhook({ path: "/telegram", secretToken, handler: () => {} }, (request, response) => {
      request.pipe(response.writeHead(201, { "x-url": request.url }))
    })
    const url = await listen(webhook)
    const answer = await fetch(`${url}/other?x=1`, { method: "POST", body: "hello" })
    expect([answer.status, answer.headers.get("x-url"), await answer.text()]).toEqual([201, "/other?x=1", "hello"])
    expect((await fetch(`${url}/telegram?x=1`, { method: "POST", headers, body })).status).toBe(200)
  })

  test("other paths get 404 when there is no application", async () => {
    const url = await listen(telegramWebhook({ path: "/telegram", secretToken, handler: () => {} }))
    const answer = await fetch(`${url}/other`)
    expect([answer.status, answer.headers.get("content-length"), await answer.text()]).toEqual([404, "0", ""])
  })
})

test("without a path, every request is for the webhook", async () => {
  const url = await listen(telegramWebhook({ secretToken, handler: () => {} }))
  expect((await fetch(`${url}/anything`, { method: "POST", headers, body })).status).toBe(200)
  expect((await fetch(url)).status).toBe(405)
})

test("the address is the peer's own, not what a header says", async () => {
  const allowed = telegramWebhook({ path: "/here", secretToken, handler: () => {}, allowedAddresses: ["127.0.0.0/8"] })
  const url = await listen(
    telegramWebhook({ path: "/there", secretToken, handler: () => {}, allowedAddresses: ["10.0.0.0/8"] }, allowed),
  )
  const forwarded = { ...headers, "x-forwarded-for": "10.0.0.1" }
  expect((await fetch(`${url}/there`, { method: "POST", headers: forwarded, body })).status).toBe(403)
  expect((await fetch(`${url}/here`, { method: "POST", headers: forwarded, body })).status).toBe(200)
})

test("a returned call comes back as the answer", async () => {
  const call = { method: "sendMessage", chat_id: 7, text: "Grüße 🎉" }
  const url = await listen(telegramWebhook({ secretToken, handler: () => call }))
  const answer = await fetch(url, { method: "POST", headers, body })
  expect(answer.headers.get("content-type")).toBe("application/json")
  expect(await answer.json()).toEqual(call)
})
