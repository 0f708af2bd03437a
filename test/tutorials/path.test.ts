import { createServer } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { createApi } from "@hookgram/api"
import type { WebhookEvent } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/express"
import express from "express"
import { expect, onTestFinished, test } from "vitest"
import { simulated } from "../api/server.ts"
import { secretToken, served } from "./served.ts"

test("the bot's token can be the path, beside the secret; no event shows it", async () => {
  const { telegram, api } = await simulated()
  const events: WebhookEvent[] = []
  const { server, handled } = await served({ path: `/${telegram.token}`, onEvent: (event) => events.push(event) })
  await api.setWebhook({ url: server.url, secret_token: secretToken })
  await telegram.user("Ana").send("Hola")
  await telegram.settled(10_000)
  expect(handled).toHaveLength(1)
  expect(events.map(({ type }) => type)).toEqual(["received", "started", "finished"])
  expect(JSON.stringify(events)).not.toContain(telegram.token)
  const elsewhere = server.url.replace(telegram.token, "telegram")
  expect((await fetch(elsewhere, { method: "POST", body: "{}" })).status).toBe(404)
})

test("one route for many bots, which may come and go while it runs", async () => {
  const { telegram } = await simulated()
  const webhooks = new Map<string, ReturnType<typeof telegramWebhook>>()
  const said: string[] = []
  const app = express()
  app.post("/telegram/:bot", (request, response, next) => {
    const webhook = webhooks.get(request.params.bot)
    if (webhook) webhook(request, response, next)
    else next()
  })
  const server = createServer(app)
  await once(server.listen(0, "127.0.0.1"), "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`

  for (const name of ["shop_bot", "support_bot"]) {
    const bot = telegram.addBot({ username: name })
    const handler = ({ message }: { message?: { text?: string } }) => void said.push(`${name}: ${message?.text}`)
    webhooks.set(name, telegramWebhook({ secretToken: `secret-of-${name}`, handler }))
    const api = createApi(bot.token, { baseUrl: telegram.url })
    await api.setWebhook({ url: `${root}/${name}`, secret_token: `secret-of-${name}` })
    await telegram.user("Ana").with(bot).send("Hola")
    await telegram.settled(10_000)
  }
  expect(said).toEqual(["shop_bot: Hola", "support_bot: Hola"])
  webhooks.delete("shop_bot")
  expect((await fetch(`${root}/shop_bot`, { method: "POST" })).status).toBe(404)
})
