import { once } from "node:events"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { Asked, storeThat, webhookWith } from "./info.ts"
import { healthMounts } from "./mounts.ts"

describe.each(healthMounts)("$name", (mount) => {
  const api = new Asked()
  const servers: Server[] = []
  let ask: (target: string, init?: RequestInit) => Promise<Response>

  async function start(webhook = webhookWith()): Promise<typeof ask> {
    const server = await mount.server({ webhook, api })
    servers.push(server)
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return (target, init) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${target}`, init)
  }

  beforeAll(async () => {
    ask = await start()
  })

  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections()
  })

  test("the report, with and without a query", async () => {
    for (const target of ["/health", "/health?x=/y"]) {
      const answer = await ask(target)
      expect(answer.status).toBe(200)
      expect(answer.headers.get("content-type")).toMatch(/^application\/json\b/)
      expect(answer.headers.get("cache-control")).toBe("no-store")
      expect(await answer.json()).toEqual({
        alive: true,
        ready: true,
        healthy: true,
        problems: [],
        webhook: { running: 0, waiting: 0, detached: 0, closing: false, counters: {} },
        telegram: { isSet: true, pendingUpdates: 0, seenAt: expect.any(String) },
      })
    }
  })

  test("live, and ready, for which Telegram is not asked", async () => {
    const before = api.times
    const live = await ask("/health/live")
    expect([live.status, await live.json()]).toEqual([200, { alive: true }])
    const ready = await ask("/health/ready?x=1")
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, problems: [] }])
    expect(api.times).toBe(before)
  })

  test("HEAD is GET without the body", async () => {
    for (const target of ["/health", "/health/live", "/health/ready"]) {
      const [answer, whole] = [await ask(target, { method: "HEAD" }), await ask(target)]
      expect([answer.status, await answer.text()]).toEqual([200, ""])
      expect(answer.headers.get("content-length")).toBe(String((await whole.text()).length))
    }
  })

  test("other methods are refused, whatever they bring", async () => {
    const unknown = { body: "{", headers: { "content-type": "text/x-unknown" } }
    for (const target of ["/health", "/health/live", "/health/ready"]) {
      for (const init of [{ method: "POST", ...unknown }, { method: "DELETE" }]) {
        const answer = await ask(target, init)
        expect([answer.status, answer.headers.get("allow"), await answer.text()]).toEqual([405, "GET, HEAD", ""])
      }
    }
  })

  test("other paths are the application's", async () => {
    const other = await ask("/other")
    expect([other.status, await other.text()]).toEqual(mount.isAlone ? [404, ""] : [200, "other"])
    for (const target of ["/", "/healthy", "/live", "/other/health"]) expect((await ask(target)).status).toBe(404)
  })

  test("many at once cost one question", async () => {
    const askNew = await start()
    const before = api.times
    await Promise.all(Array.from({ length: 30 }, async () => (await askNew("/health")).text()))
    expect(api.times).toBe(before + 1)
  })

  test("503 while the store cannot be reached; live is still 200", async () => {
    const store = storeThat(() => Promise.reject(new Error("redis://:password@store")))
    const askNew = await start(webhookWith({ dedup: store, botId: 1 }))
    const problems = ["The store of the webhook cannot be reached"]
    const ready = await askNew("/health/ready")
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, problems }])
    const report = await askNew("/health")
    expect(report.status).toBe(503)
    expect(await report.json()).toMatchObject({ ready: false, healthy: false, problems })
    expect((await askNew("/health", { method: "HEAD" })).status).toBe(503)
    expect((await askNew("/health/live")).status).toBe(200)
  })

  test("503 while it is closing; live is still 200", async () => {
    const webhook = webhookWith()
    const askNew = await start(webhook)
    await webhook.close()
    const problems = ["The webhook is closing"]
    const ready = await askNew("/health/ready")
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, problems }])
    expect((await askNew("/health")).status).toBe(503)
    expect((await askNew("/health/live")).status).toBe(200)
  })
})
