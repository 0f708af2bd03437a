import { type Api, file } from "@hookgram/api"
import { describe, expect, test } from "vitest"
import { gate } from "../core/gate.ts"
import { simulated } from "../api/server.ts"
import { selfSigned } from "../support/certificates.ts"
import { secretToken, served } from "./served.ts"

type Optional = Omit<Parameters<Api["setWebhook"]>[0], "url">

describe("setWebhook, as getWebhookInfo then shows it", () => {
  test("with url alone", async () => {
    const { api } = await simulated()
    const { server } = await served()
    expect(await api.setWebhook({ url: server.url })).toBe(true)
    expect(await api.getWebhookInfo()).toEqual({
      url: server.url,
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 100, // in local mode, as here; else 40 (facts, 5.6)
      ip_address: "127.0.0.1",
    })
  })

  test.each<[string, Optional, object]>([
    ["certificate", { certificate: file(Buffer.from(selfSigned("a").cert)) }, { has_custom_certificate: true }],
    ["ip_address", { ip_address: "127.0.0.2" }, { ip_address: "127.0.0.2" }],
    ["max_connections", { max_connections: 7 }, { max_connections: 7 }],
    ["allowed_updates", { allowed_updates: ["message", "poll"] }, { allowed_updates: ["message", "poll"] }],
  ])("with %s", async (_, parameter, shown) => {
    const { api } = await simulated()
    const { server } = await served()
    await api.setWebhook({ url: server.url, ...parameter })
    expect(await api.getWebhookInfo()).toMatchObject({ url: server.url, ...shown })
  })

  test.each([
    [true, 0],
    [false, 1],
    [undefined, 1],
  ])("with drop_pending_updates: %s, %d of one update is left", async (drop_pending_updates, left) => {
    const { telegram, api } = await simulated()
    await telegram.user("Ana").send("Hola")
    await api.setWebhook({ url: "http://127.0.0.1:9/telegram", drop_pending_updates })
    expect(await api.getWebhookInfo()).toMatchObject({ pending_update_count: left })
  })
})

describe("setWebhook, as the webhook then notices it", () => {
  test("secret_token is what comes with every update", async () => {
    const { telegram, api } = await simulated()
    const { server, handled } = await served()
    await api.setWebhook({ url: server.url, secret_token: secretToken })
    await telegram.user("Ana").send("Hola")
    await telegram.settled(10_000)
    expect(handled).toMatchObject([{ message: { text: "Hola" } }])
    expect(telegram.deliveries).toMatchObject([{ attempt: 1, status: 200 }])
  })

  test("without the right secret_token, updates are refused and stay at Telegram", async () => {
    const { telegram, api } = await simulated()
    const { server, handled } = await served()
    await api.setWebhook({ url: server.url, secret_token: "another" })
    await telegram.user("Ana").send("Hola")
    await telegram.until(() => telegram.webhookInfo().last_error_message !== undefined)
    expect(await api.getWebhookInfo()).toMatchObject({
      last_error_message: "Wrong response from the webhook: 401 Unauthorized",
      last_error_date: expect.any(Number),
      pending_update_count: 1,
    })
    expect(handled).toEqual([])
  })

  test("ip_address is where Telegram connects to, whatever DNS says of the host", async () => {
    const { telegram, api } = await simulated({ lookup: async () => ["203.0.113.1"] })
    const { port, handled } = await served()
    await api.setWebhook({
      url: `http://bot.example.com:${port}/telegram`,
      ip_address: "127.0.0.1",
      secret_token: secretToken,
    })
    await telegram.user("Ana").send("Hola")
    await telegram.settled(10_000)
    expect(handled).toHaveLength(1)
  })

  test("allowed_updates are the kinds that come; what is left out is not stored", async () => {
    const { telegram, api } = await simulated()
    const { server, handled } = await served()
    await api.setWebhook({ url: server.url, secret_token: secretToken, allowed_updates: ["edited_message"] })
    const ana = telegram.user("Ana")
    await ana.edit(await ana.send("Helo"), "Hello")
    await telegram.settled(10_000)
    expect(handled).toMatchObject([{ edited_message: { text: "Hello" } }])
  })

  test.each([1, 2])("max_connections: %d is how many updates are under way at once", async (max_connections) => {
    const { telegram, api } = await simulated()
    const running = { now: 0, most: 0 }
    const full = gate()
    const { server } = await served({
      deadline: 55_000,
      handler: async ({ message }) => {
        if (message?.text === "first") return
        running.most = Math.max(running.most, ++running.now)
        if (running.most === max_connections) full.open()
        await full.opened
        await telegram.sleep(50) // for one more to come in, which must not
        running.now--
      },
    })
    await api.setWebhook({ url: server.url, secret_token: secretToken, max_connections })
    await telegram.user("Eve").send("first")
    await telegram.settled(10_000) // only after a success are there several connections (facts, 2.5)
    for (const name of ["Ana", "Ben", "Zoe", "Max"]) await telegram.user(name).send("Hola")
    await telegram.settled(15_000)
    expect(running.most).toBe(max_connections)
  })
})
