import {
  diagnoseWebhook,
  ensureWebhook,
  explainError,
  type Finding,
  type TelegramError,
  type WebhookConfig,
} from "@hookgram/api"
import { ApiError } from "@hookgram/simulator"
import type { WebhookInfo } from "@grammyjs/types"
import { describe, expect, test } from "vitest"
import { OK, status } from "../simulator/support/receiver.ts"
import { receiverFor } from "../simulator/support/telegram.ts"
import { apiOf, rejection, simulated } from "./server.ts"

const config: WebhookConfig = { url: "https://bot.example.com/telegram", secretToken: "s3cret" }
const now = Math.floor(Date.now() / 1000)

const healthy: WebhookInfo = {
  url: config.url,
  has_custom_certificate: false,
  pending_update_count: 0,
  max_connections: 40,
  ip_address: "1.2.3.4",
}

/** What is found when Telegram shows this. */
async function found(
  changes: Partial<WebhookInfo>,
  configured: WebhookConfig | undefined = config,
): Promise<Finding[]> {
  return diagnoseWebhook({ getWebhookInfo: async () => ({ ...healthy, ...changes }) }, configured)
}

const codes = async (...parameters: Parameters<typeof found>) => (await found(...parameters)).map(({ code }) => code)

test("nothing is found when all is well, with a configuration and without", async () => {
  expect(await found({})).toEqual([])
  expect(await diagnoseWebhook({ getWebhookInfo: async () => healthy })).toEqual([])
})

test("an old error may be over: Telegram shows it until the webhook is set anew (facts, 3.7)", async () => {
  const [finding] = await found({ last_error_message: "Connection refused", last_error_date: now - 7200 })
  expect(finding).toMatchObject({ code: "connection_refused", severity: "info" })
  expect(finding?.cause).toContain("120 minutes ago")
})

describe("situations", () => {
  test("no webhook: an error if one is configured", async () => {
    expect(await found({ url: "" })).toMatchObject([{ code: "not_set", severity: "error" }])
    expect(await diagnoseWebhook({ getWebhookInfo: async () => ({ ...healthy, url: "" }) })).toMatchObject([
      { code: "not_set", severity: "info" },
    ])
  })

  test("a webhook at another host was taken by somebody; its path, which may be secret, is not shown", async () => {
    const [finding] = await found({ url: "https://thief.example.org/bot123:secret" })
    expect(finding).toMatchObject({ code: "stolen", severity: "error" })
    expect(finding?.cause).toContain("thief.example.org")
    expect(JSON.stringify(finding)).not.toContain("secret")
  })

  test.each<[string, Partial<WebhookInfo>, Partial<WebhookConfig>]>([
    ["url_differs", { url: "https://bot.example.com/old" }, {}],
    ["certificate_differs", { has_custom_certificate: true }, {}],
    ["ip_address_differs", {}, { ipAddress: "1.2.3.5" }],
    ["max_connections_differs", { max_connections: 1 }, {}],
    ["allowed_updates_differs", { allowed_updates: ["message"] }, {}],
    ["allowed_updates_differs", {}, { allowedUpdates: ["message"] }],
  ])("%s", async (code, info, changes) => {
    expect(await codes(info, { ...config, ...changes })).toEqual([code])
  })

  test("updates that wait: many, or any while deliveries fail", async () => {
    expect(await found({ pending_update_count: 99 })).toMatchObject([{ code: "updates_pending", severity: "info" }])
    expect(await found({ pending_update_count: 100 })).toMatchObject([{ code: "updates_pending", severity: "warning" }])
    const failing = { last_error_message: "Connection refused", last_error_date: now }
    expect(await codes({ ...failing, pending_update_count: 1 })).toEqual(["connection_refused", "updates_pending"])
  })

  test("a queue that is nearly full will lose updates (facts, 7.4)", async () => {
    expect(await found({ pending_update_count: 90_000 })).toMatchObject([
      { code: "queue_nearly_full", severity: "error" },
    ])
  })

  test("a host that is not looked up yet, and a server out of touch with Telegram", async () => {
    expect(await codes({ ip_address: "<unknown>", last_synchronization_error_date: now })).toEqual([
      "not_verified",
      "telegram_out_of_sync",
    ])
  })

  test("pending updates that grow while it is watched", async () => {
    let pending = 3
    const getWebhookInfo = async () => ({ ...healthy, pending_update_count: (pending += 2) })
    expect(await diagnoseWebhook({ getWebhookInfo }, config, { watch: 10 })).toMatchObject([
      { code: "pending_growing", evidence: "2 more in 10 ms" },
      { code: "updates_pending", severity: "info" },
    ])
  })

  test("a configuration that Telegram would refuse is one finding, and the rest is looked at all the same", async () => {
    const findings = await found({ pending_update_count: 100 }, { ...config, url: "https://bot.example.com:8080/" })
    expect(findings.map(({ code }) => code)).toEqual(["invalid_config", "updates_pending"])
    expect(findings[0]?.cause).toContain("port 443, 80, 88 or 8443")
  })
})

describe("with a Telegram", () => {
  const local = (url: string): WebhookConfig => ({ url, secretToken: "s3cret", local: true })

  test("all is well, and it changes nothing", async () => {
    const { telegram, api } = await simulated({ speed: 20 })
    const receiver = await receiverFor(() => OK)
    await ensureWebhook(api, local(receiver.url))
    await telegram.user("Ana").send("Hola")
    await telegram.settled()
    const before = telegram.calls.length
    expect(await diagnoseWebhook(api, local(receiver.url), { watch: 10 })).toEqual([])
    expect(telegram.calls.slice(before).map(({ method }) => method)).toEqual(["getWebhookInfo", "getWebhookInfo"])
  })

  test.each([
    ["secret_mismatch", 401],
    ["path_not_found", 404],
    ["redirect", 302],
    ["handler_failed", 500],
    ["receiver_unavailable", 503],
  ])("%s, when the receiver answers %d", async (code, answer) => {
    const { telegram, api } = await simulated()
    const receiver = await receiverFor(() => status(answer))
    await ensureWebhook(api, local(receiver.url))
    await telegram.user("Ana").send("Hola")
    await telegram.until(() => telegram.webhookInfo().last_error_message !== undefined)
    const findings = await diagnoseWebhook(api, local(receiver.url))
    expect(findings.map((finding) => finding.code)).toEqual([code, "updates_pending"])
  })

  test("nobody listens", async () => {
    const { telegram, api } = await simulated()
    await ensureWebhook(api, local("http://127.0.0.1:9/"))
    await telegram.user("Ana").send("Hola")
    await telegram.until(() => telegram.webhookInfo().last_error_message !== undefined)
    expect((await diagnoseWebhook(api)).map(({ code }) => code)).toEqual(["connection_refused", "updates_pending"])
  })

  test("somebody else with the token has taken the webhook", async () => {
    const { telegram, api } = await simulated({ speed: 100 })
    await ensureWebhook(api, local("http://127.0.0.1:9/"))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await ensureWebhook(apiOf(telegram), local("http://127.0.0.2:9/"))
    const [worst] = await diagnoseWebhook(api, local("http://127.0.0.1:9/"))
    expect(worst).toMatchObject({ code: "stolen", severity: "error" })
  })

  test("somebody polls while a webhook is set, and is told what to do", async () => {
    const { api } = await simulated()
    await ensureWebhook(api, local("http://127.0.0.1:9/"))
    const error = await rejection(api.getUpdates())
    expect(explainError(error as unknown as TelegramError)).toMatchObject({ code: "polling_conflict" })
  })

  test("a token that is none, and a Bot API that is not there, are findings as well", async () => {
    const { telegram, api } = await simulated({ strict: true })
    const other = apiOf({ url: telegram.url, token: `1${telegram.token}` } as typeof telegram)
    expect(await diagnoseWebhook(other)).toMatchObject([{ code: "unauthorized", severity: "error" }])
    telegram.refuse({ error: new ApiError(400, "Logged out") })
    expect(await diagnoseWebhook(api)).toMatchObject([{ code: "logged_out" }])
    await telegram.close()
    const nowhere = apiOf(telegram, { retry: false })
    expect(await diagnoseWebhook(nowhere)).toMatchObject([{ code: "api_unreachable" }])
  })

  test("it stops when it is told to", async () => {
    const { api } = await simulated()
    const reason = new Error("enough")
    expect(await rejection(diagnoseWebhook(api, undefined, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })
})
