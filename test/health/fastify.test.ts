import { healthHandler, telegramWebhook } from "@hookgram/fastify"
import Fastify, { type FastifyInstance } from "fastify"
import { expect, onTestFinished, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { secretToken, webhookWith } from "./info.ts"

async function listening(app: FastifyInstance): Promise<string> {
  onTestFinished(() => app.close())
  return app.listen({ port: 0, host: "127.0.0.1" })
}

function post(url: string): Promise<Response> {
  const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": secretToken }
  return fetch(url, { method: "POST", headers, body: JSON.stringify(recordedUpdate("message-59-text-hello")) })
}

test("beside the webhook, and again for another bot: each knows its own", async () => {
  const app = Fastify()
  const [one, other] = [webhookWith(), webhookWith()]
  for (const [prefix, webhook] of [
    ["/one", one],
    ["/other", other],
  ] as const) {
    await app.register(telegramWebhook, { prefix, path: "/telegram", webhook })
    await app.register(healthHandler, { prefix, path: "/health", webhook })
  }
  const url = await listening(app)
  expect((await post(`${url}/one/telegram`)).status).toBe(200)
  await other.close()
  const [mine, its] = [await fetch(`${url}/one/health`), await fetch(`${url}/other/health`)]
  expect([mine.status, its.status]).toEqual([200, 503])
  expect(await mine.json()).toMatchObject({ webhook: { counters: { received: 1, finished: 1 } } })
  expect((await fetch(`${url}/health`)).status).toBe(404)
})

test("in two scopes with prefixes", async () => {
  const app = Fastify()
  for (const prefix of ["/one", "/other"]) {
    await app.register(async (scope) => scope.register(healthHandler, { path: "/health", webhook: webhookWith() }), {
      prefix,
    })
  }
  const url = await listening(app)
  for (const path of ["/one/health", "/other/health/ready"]) expect((await fetch(url + path)).status).toBe(200)
})

test("where the application is lenient about its paths, the checks are, too", async () => {
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true, caseSensitive: false } })
  await app.register(healthHandler, { path: "/health", webhook: webhookWith() })
  const url = await listening(app)
  for (const path of ["/health/", "/Health", "/HEALTH/LIVE/"]) expect((await fetch(url + path)).status).toBe(200)
})
