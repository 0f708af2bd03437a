import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createApi } from "@hookgram/api"
import { telegramWebhook as onExpress } from "@hookgram/express"
import { telegramWebhook as onFetch } from "@hookgram/fetch"
import type { Simulator } from "@hookgram/simulator"
import express, { type Request, type Response } from "express"
import { expect, onTestFinished, test } from "vitest"
import { simulated } from "../api/server.ts"
import { fetchServer } from "../support/fetch-server.ts"
import { secretToken } from "./served.ts"

const handler = ({ message }: { message?: { text?: string; chat: { id: number } } }) =>
  message?.text && { method: "sendMessage", chat_id: message.chat.id, text: message.text }

/** What somebody who says "Hola" is told when the webhook is at this server. */
async function echo(telegram: Simulator, server: ReturnType<typeof createServer>): Promise<string | undefined> {
  await once(server.listen(0, "127.0.0.1"), "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`
  await createApi(telegram.token, { baseUrl: telegram.url }).setWebhook({ url, secret_token: secretToken })
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  return (await ana.nextReply()).text
}

test("a function of Express' request and response behind a JSON parser, as of Google Cloud Functions and Firebase", async () => {
  const { telegram } = await simulated()
  const bot = onExpress({ secretToken, handler }) as (request: Request, response: Response) => unknown
  const host = express().use(express.json(), (request, response) => void bot(request, response))
  expect(await echo(telegram, createServer(host))).toBe("Hola")
})

test("a function of a Request and whatever else the host gives, as of a route in Next or Supabase", async () => {
  const { telegram } = await simulated()
  const POST = onFetch({ secretToken, handler }) as (
    request: globalThis.Request,
    context: object,
  ) => Promise<globalThis.Response>
  expect(
    await echo(
      telegram,
      fetchServer((request) => POST(request, { params: Promise.resolve({}) })),
    ),
  ).toBe("Hola")
})
