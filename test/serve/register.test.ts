import { join } from "node:path"
import { createApi } from "@hookgram/api"
import { Bot } from "@hookgram/bot"
import type { ServeOptions } from "@hookgram/node"
import { startSimulator } from "@hookgram/simulator"
import { beforeEach, describe, expect, onTestFinished, test } from "vitest"
import { PublicAddress } from "../examples/public-address.ts"
import { ApiFailure } from "../support/bot-api.ts"
import { Telegram, url } from "./registering.ts"
import { ask, at, deliver, folder, secretToken, served } from "./served.ts"

let telegram: Telegram

beforeEach(async () => {
  telegram = await Telegram.start()
})

describe("the webhook is set", () => {
  test("to what the configuration says", async () => {
    const webhook = { url, ipAddress: "93.184.215.14", maxConnections: 7, dropPendingUpdates: true }
    expect(await telegram.registered({ webhook })).toEqual({
      url,
      secret_token: secretToken,
      ip_address: "93.184.215.14",
      max_connections: 7,
      drop_pending_updates: true,
      allowed_updates: [],
    })
  })

  test("to the kinds that a bot has handlers for, unless the configuration has others", async () => {
    const bot = new Bot(telegram.client)
    bot.on.message(() => {})
    bot.on.chat_member(() => {})
    expect((await telegram.registered({ bot }))["allowed_updates"]).toEqual(["message", "chat_member"])
    await served({ bot, webhook: { url, allowedUpdates: ["poll"] } })
    expect(telegram.api.callsTo("setWebhook")[1]?.params["allowed_updates"]).toEqual(["poll"])
  })

  test("with the first of several secrets, of which all are accepted", async () => {
    const server = await served({ api: telegram.client, webhook: { url }, secretToken: ["new", "old"] })
    expect(telegram.api.callsTo("setWebhook")[0]?.params["secret_token"]).toBe("new")
    expect((await deliver(server.url, { secret: "new" })).status).toBe(200)
    expect((await deliver(server.url, { secret: "old" })).status).toBe(200)
    expect((await deliver(server.url, { secret: "other" })).status).toBe(401)
  })

  test("without a secret where there is none", async () => {
    expect(await telegram.registered({ secretToken: false })).not.toHaveProperty("secret_token")
  })

  test("when the server listens, and not before", async () => {
    const socketPath = join(folder(), "bot.sock")
    let live: number | undefined
    telegram.api.answer("setWebhook", async () => {
      live = (await ask("http://bot/health/live", { socketPath })).status
      return true
    })
    await telegram.registered({ socket: socketPath })
    expect(live).toBe(200)
  })

  test("at each start, since Telegram does not show whether the secret is the same", async () => {
    telegram.isSet()
    expect(await telegram.registered({ secretToken: "new" })).toMatchObject({ url, secret_token: "new" })
  })

  test.each([{ always: false }, { dropPendingUpdates: true }])(
    "not at all if it is so already, with %o",
    async (more) => {
      telegram.isSet()
      await served({ api: telegram.client, webhook: { url, ...more } })
      expect(telegram.api.callsTo("setWebhook")).toEqual([])
    },
  )

  test("and remembered in a store, by which a new secret is noticed", async () => {
    const store = new Map<string, string>()
    await telegram.registered({ webhook: { url, store } })
    telegram.isSet()
    await served({ api: telegram.client, webhook: { url, store } })
    expect(telegram.api.callsTo("setWebhook")).toHaveLength(1)
    await served({ api: telegram.client, webhook: { url, store }, secretToken: "new" })
    expect(telegram.api.callsTo("setWebhook")).toHaveLength(2)
  })

  test("only if there is a configuration", async () => {
    await served({ api: telegram.client })
    expect(telegram.api.calls).toEqual([])
  })
})

describe("a registration that fails closes the server, and deletes nothing:", () => {
  /** Where it would listen, so that it can be seen that it does not. */
  let socketPath: string

  beforeEach(() => (socketPath = join(folder(), "bot.sock")))

  async function failure(webhook: ServeOptions["webhook"]): Promise<unknown> {
    const options = { socket: socketPath, api: telegram.client, deleteOnStop: true, webhook }
    const error = await served(options)
      .then(() => undefined)
      .catch((each: unknown) => each)
    await expect(ask("http://bot/health/live", { socketPath })).rejects.toMatchObject({ code: "ENOENT" })
    expect(telegram.api.callsTo("deleteWebhook")).toEqual([])
    return error
  }

  test("what Telegram refuses, with what to do", async () => {
    telegram.api.answer("setWebhook", () => {
      throw new ApiFailure(400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")
    })
    expect(await failure({ url })).toMatchObject({
      code: "webhook_refused",
      message: expect.stringMatching(/Failed to resolve host.*Check the name and its A record/s),
    })
  })

  test("a token that is wrong", async () => {
    telegram.api.answer("getWebhookInfo", () => {
      throw new ApiFailure(401, "Unauthorized")
    })
    expect(await failure({ url })).toMatchObject({ code: "api_error", errorCode: 401 })
  })

  test("a configuration that is wrong, of which nothing is sent", async () => {
    expect(await failure({ url: "http://127.0.0.1/telegram", maxConnections: 0 })).toMatchObject({
      code: "invalid_options",
      message: expect.stringMatching(/maxConnections: .*url: must begin with https/s),
    })
    expect(telegram.api.calls).toEqual([])
  })
})

test("with `local`, a bot on this machine talks with the simulator", async () => {
  const simulator = await startSimulator()
  const address = await PublicAddress.open()
  onTestFinished(async () => {
    address.close()
    await simulator.close()
  })
  const bot = new Bot(createApi(simulator.token, { baseUrl: simulator.url }))
  bot.on.message((message) => message.answer(`You said: ${message.text}`))
  const webhook = { url: `http://127.0.0.1:${address.port}/tg`, local: true }
  const server = await served({ bot, webhook, deleteOnStop: true })
  address.leadTo(Number(new URL(server.url).port))
  const ana = simulator.user("Ana")
  await ana.send("Hola")
  expect((await ana.nextReply()).text).toBe("You said: Hola")
  const report = await ask(at(server, "/health"))
  expect(JSON.parse(report.body)).toMatchObject({ healthy: true, telegram: { isSet: true, pendingUpdates: 0 } })
  await server.close()
  expect(simulator.webhookInfo().url).toBe("")
})
