import { Agent } from "node:http"
import { createApi } from "@hookgram/api"
import type { HandlerContext } from "@hookgram/core"
import type { ServedWebhook } from "@hookgram/node"
import { beforeEach, describe, expect, onTestFinished, test } from "vitest"
import { ApiFailure, BotApi, botToken } from "../support/bot-api.ts"
import { Connection } from "../support/connection.ts"
import { gate, turn, until } from "../support/gate.ts"
import { selfSigned } from "../support/certificates.ts"
import { ask, at, deliver, served } from "./served.ts"

/** Whether nobody listens any more. */
async function isClosed(server: ServedWebhook): Promise<boolean> {
  const error = await ask(at(server, "/health/live")).catch((each: { code: string }) => each.code)
  return error === "ECONNREFUSED"
}

describe("close()", () => {
  test("lets what runs finish, and answers it; what comes meanwhile is put off", async () => {
    const handled = gate()
    const server = await served({ handler: () => handled.passed, drainTimeout: 20_000 })
    const delivered = deliver(server.url)
    await until(() => server.webhook.status().running === 1)
    const closed = server.close()
    const other = await deliver(server.url)
    expect([other.status, other.headers["connection"]]).toEqual([503, "close"])
    expect((await ask(at(server, "/health/ready"))).status).toBe(503)
    expect((await ask(at(server, "/health/live"))).status).toBe(200)
    handled.open()
    expect((await delivered).status).toBe(200)
    await closed
    expect(await isClosed(server)).toBe(true)
  })

  test("aborts after drainTimeout what heeds its signal, which Telegram is told to send again", async () => {
    const handler = (_update: unknown, { signal }: HandlerContext) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)))
    const server = await served({ handler, drainTimeout: 10, onEvent: () => {} })
    const delivered = deliver(server.url)
    await until(() => server.webhook.status().running === 1)
    await server.close()
    expect((await delivered).status).toBeGreaterThanOrEqual(500)
    expect(await isClosed(server)).toBe(true)
  })

  test("is not held up by a handler that never returns", async () => {
    const server = await served({ handler: () => new Promise(() => {}), drainTimeout: 10, onEvent: () => {} })
    const delivered = deliver(server.url)
    await until(() => server.webhook.status().running === 1)
    await server.close()
    expect((await delivered).status).toBeGreaterThanOrEqual(500)
    expect(await isClosed(server)).toBe(true)
  })

  test("is not held up by connections without a request", async () => {
    const tls = selfSigned("127.0.0.1")
    for (const options of [{}, { tls }]) {
      const server = await served(options)
      const agent = new Agent({ keepAlive: true })
      onTestFinished(() => agent.destroy())
      if (!("tls" in options)) await deliver(server.url, { agent })
      const open = async (text: string) => {
        const connection = await Connection.open(Number(new URL(server.url).port))
        connection.write(text)
        return connection
      }
      const connections = [await open(""), await open("POST /telegram HTTP/1.1\r\nHost: x\r\n")]
      await server.close()
      for (const connection of connections) await connection.closed()
      expect(await isClosed(server)).toBe(true)
    }
  })

  test("is not held up by an answer that does not come", async () => {
    const api = { getWebhookInfo: () => new Promise<never>(() => {}) }
    const server = await served({ api: api as never })
    const health = ask(at(server, "/health"))
    await expect.poll(() => ask(at(server, "/health/live"))).toMatchObject({ status: 200 })
    await server.close()
    await expect(health).rejects.toThrow(/socket hang up|ECONNRESET/)
  })

  test("waits a little for answers that are not the webhook's", async () => {
    const asked = gate<never>()
    const api = { getWebhookInfo: () => asked.passed }
    const server = await served({ api: api as never })
    const health = ask(at(server, "/health"))
    await expect.poll(() => ask(at(server, "/health/live"))).toMatchObject({ status: 200 })
    const closed = server.close()
    await turn()
    asked.fail(new Error("Telegram cannot be reached"))
    expect((await health).status).toBe(503)
    await closed
  })
})

describe("deleteOnStop", () => {
  let telegram: BotApi

  beforeEach(async () => {
    telegram = await BotApi.start()
    return () => telegram.stop()
  })

  function withApi(options: object = {}): Promise<ServedWebhook> {
    return served({ api: createApi(botToken, { baseUrl: telegram.root }), deleteOnStop: true, ...options })
  }

  test("deletes the webhook when all else is over, and once", async () => {
    const handled = gate()
    const order: string[] = []
    const handler = () => handled.passed.then(() => void order.push("handled"))
    const server = await withApi({ handler, drainTimeout: 20_000 })
    telegram.answer("deleteWebhook", async () => {
      order.push((await isClosed(server)) ? "deleted" : "deleted while it listens")
      return true
    })
    const delivered = deliver(server.url)
    await until(() => server.webhook.status().running === 1)
    const closed = Promise.all([server.close(), server.close()])
    expect((await deliver(server.url)).status).toBe(503)
    handled.open()
    expect((await delivered).status).toBe(200)
    await closed
    await server.close()
    expect(order).toEqual(["handled", "deleted"])
    expect(telegram.callsTo("deleteWebhook")).toHaveLength(1)
  })

  test("is false unless it is asked for", async () => {
    await (await withApi({ deleteOnStop: undefined })).close()
    expect(telegram.calls).toEqual([])
  })

  test("that Telegram refuses: close() says so, and it is closed all the same", async () => {
    telegram.answer("deleteWebhook", () => {
      throw new ApiFailure(401, "Unauthorized")
    })
    const server = await withApi()
    await expect(server.close()).rejects.toThrow(/Unauthorized/)
    await expect(server.close()).rejects.toThrow(/Unauthorized/)
    expect(await isClosed(server)).toBe(true)
  })

  test("that Telegram does not answer is given up", async () => {
    telegram.answer("deleteWebhook", () => new Promise(() => {}))
    const server = await withApi()
    await expect(server.close()).rejects.toMatchObject({ code: "api_timeout" })
  })
})
