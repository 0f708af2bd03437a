import { channel } from "node:diagnostics_channel"
import type { Server } from "node:http"
import { setTimeout } from "node:timers/promises"
import type { ServedWebhook } from "@hookgram/node"
import { describe, expect, onTestFinished, test } from "vitest"
import { Connection } from "../support/connection.ts"
import { wireHead, wireRequest } from "../support/wire.ts"
import { selfSigned } from "../support/certificates.ts"
import { ask, at, deliver, secretToken, served, update } from "./served.ts"

async function connection(server: ServedWebhook): Promise<Connection> {
  const opened = await Connection.open(portOf(server))
  onTestFinished(() => opened.destroy())
  return opened
}

function portOf({ url }: ServedWebhook): number {
  return Number(new URL(url).port)
}

/** Node's own server, of which it tells when it has got a request. */
async function serverOf(running: ServedWebhook, ca?: string): Promise<Server> {
  const started = channel("http.server.request.start")
  const path = `/${Math.random()}`
  let found: Server | undefined
  const look = (message: unknown): void => {
    const { request, server } = message as { request: { url: string }; server: Server }
    if (request.url === path) found = server
  }
  started.subscribe(look)
  await ask(at(running, path), { ca }).finally(() => started.unsubscribe(look))
  return found!
}

const tls = selfSigned("127.0.0.1", "subjectAltName=IP:127.0.0.1")

describe("connections that Telegram keeps", () => {
  test("are kept for longer than Telegram does: 60 s (facts, 1.3), and it is told so", async () => {
    for (const options of [{}, { tls }]) {
      const server = await served(options)
      const { headers } = await deliver(server.url, { ca: tls.cert })
      expect(headers["connection"]).toBe("keep-alive")
      expect(Number(/^timeout=(\d+)$/.exec(String(headers["keep-alive"]))?.[1])).toBeGreaterThan(60)
    }
  })

  test("may be silent for as long from the start (facts, 2.5), and slow ones end", async () => {
    for (const options of [{}, { tls }]) {
      const { headersTimeout, requestTimeout } = await serverOf(await served(options), tls.cert)
      for (const limit of [headersTimeout, requestTimeout]) {
        expect(limit).toBeGreaterThan(60_000)
        expect(limit).toBeLessThan(120_000)
      }
    }
  })

  // Node closes idle connections after 5 s, and 1 s of reserve, unless told otherwise.
  test("can be used after a while in which nothing happened", async () => {
    const server = await served()
    const delivery = wireRequest(update, { port: portOf(server), secretToken })
    const [used, silent] = [await connection(server), await connection(server)]
    used.write(delivery)
    expect((await used.answer()).status).toBe(200)
    await setTimeout(7000)
    for (const each of [used, silent]) {
      each.write(delivery)
      expect((await each.answer()).status).toBe(200)
    }
  })

  test("are looked after: one whose headers do not come is ended", async () => {
    const running = await served()
    const server = await serverOf(running)
    const slow = await connection(running)
    slow.write("POST /telegram HTTP/1.1\r\nHost: x\r\n")
    server.headersTimeout = 1 // as if so much time had passed
    expect((await slow.answer()).status).toBe(408)
    await slow.closed()
  })

  test("are ended when a body does not come", async () => {
    const slow = await connection(await served({ bodyTimeout: 50 }))
    slow.write(wireHead("x".repeat(100), { port: 1, secretToken }))
    expect((await slow.answer()).status).toBe(408)
    await slow.closed()
  })

  test("are as many as maxConnections says", async () => {
    const server = await served({ maxConnections: 2 })
    const [first, second] = [await connection(server), await connection(server)]
    await (await connection(server)).closed()
    for (const each of [first, second]) {
      each.write(wireRequest(update, { port: 1, secretToken }))
      expect((await each.answer()).status).toBe(200)
    }
    second.destroy()
    await expect.poll(() => deliver(server.url).catch(() => undefined)).toMatchObject({ status: 200 })
  })
})
