import {
  diagnoseWebhook,
  ensureWebhook,
  explainError,
  type Finding,
  TelegramError,
  type WebhookConfig,
} from "@hookgram/api"
import { ApiError } from "@hookgram/simulator"
import type { WebhookInfo } from "@grammyjs/types"
import { describe, expect, test } from "vitest"
import { explainDeliveryError } from "../../packages/api/src/diagnosis/delivery-errors.ts"
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

describe("every text of last_error_message is explained (facts, 3.1 and 3.7)", () => {
  test.each([
    ["Wrong response from the webhook: 401 Unauthorized", "secret_mismatch"],
    ["Wrong response from the webhook: 403 Forbidden", "forbidden"],
    ["Wrong response from the webhook: 404 Not Found", "path_not_found"],
    ["Wrong response from the webhook: 405 Method Not Allowed", "method_not_allowed"],
    ["Wrong response from the webhook: 408 Request Timeout", "body_timeout"],
    ["Wrong response from the webhook: 410 Gone", "gone"],
    ["Wrong response from the webhook: 413 Payload Too Large", "body_limit"],
    ["Wrong response from the webhook: 415 Unsupported Media Type", "content_type"],
    ["Wrong response from the webhook: 429 Too Many Requests", "rate_limited"],
    ["Wrong response from the webhook: 301 Moved Permanently", "redirect"],
    ["Wrong response from the webhook: 308 ", "redirect"],
    ["Wrong response from the webhook: 103 Early Hints", "interim_response"],
    ["Wrong response from the webhook: 500 Internal Server Error", "handler_failed"],
    ["Wrong response from the webhook: 502 Bad Gateway", "receiver_unavailable"],
    ["Wrong response from the webhook: 503 Service Unavailable", "receiver_unavailable"],
    ["Wrong response from the webhook: 504 Gateway Timeout", "receiver_unavailable"],
    ["Wrong response from the webhook: 418 ", "wrong_response"],
    ["Wrong response from the webhook: [POST / HTTP/1.1]", "not_a_response"],
    ["Read timeout expired", "read_timeout"],
    ["Write timeout expired", "connect_timeout"],
    ["Connection timed out", "connect_timeout"],
    ["Connection refused", "connection_refused"],
    ["Connection reset by peer", "connection_reset"],
    ["Broken pipe", "connection_reset"],
    ["No route to host", "unreachable"],
    ["Network is unreachable", "unreachable"],
    ["SSL error {error:0A000086:SSL routines::certificate verify failed}", "certificate_invalid"],
    ["SSL error {error:0A00010B:SSL routines::wrong version number}", "tls_failed"],
    ["Can't connect to the webhook", "telegram_failed"],
    ["Can't connect to the webhook proxy", "proxy_failed"],
    ["Can't create an SSL context: error", "telegram_failed"],
    ["Can't create an SSL connection: error", "tls_failed"],
    ["Unsupported Media Type: unsupported content-encoding", "content_encoding"],
    ["Unimplemented: unsupported transfer-encoding", "transfer_encoding"],
    ["Bad Request: Too long length in chunked encoding", "transfer_encoding"],
    ["Request Entity Too Large: too many parameters", "answer_too_large"],
    ["Request Entity Too Large: content length is 4294967295", "answer_too_large"],
    ["Request Header Fields Too Large: total headers size exceeded", "answer_head_too_large"],
    ["HTTP Version Not Supported", "not_http"],
    ["Not Implemented", "not_http"],
    ["Something new", "delivery_failed"],
  ])("%s", async (last_error_message, code) => {
    expect(explainDeliveryError(last_error_message).code).toBe(code)
    const [finding] = await found({ last_error_message, last_error_date: now })
    expect(finding).toMatchObject({ code, severity: "error", evidence: last_error_message })
    expect(finding?.cause).toMatch(/\.$/)
    expect(finding?.fix).toMatch(/\.$/)
  })
})

test("an old error may be over: Telegram shows it until the webhook is set anew (facts, 3.7)", async () => {
  const [finding] = await found({ last_error_message: "Connection refused", last_error_date: now - 7200 })
  expect(finding).toMatchObject({ code: "connection_refused", severity: "info" })
  expect(finding?.cause).toContain("120 minutes ago")
})

describe("what Telegram refuses is explained (facts, 5.1, 5.4, 7.3 and 8.4)", () => {
  test.each([
    [400, "Bad Request: invalid webhook URL specified", "invalid_url"],
    [400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", "https_required"],
    [400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", "port_not_allowed"],
    [400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known", "host_not_found"],
    [400, "Bad Request: bad webhook: IPv6-only addresses are not allowed", "ipv6_only"],
    [400, "Bad Request: bad webhook: IP address 10.0.0.1 is reserved", "address_reserved"],
    [400, "Bad Request: bad webhook: Invalid IP address specified", "invalid_ip_address"],
    [400, "Bad Request: certificate size is too big (3145729 bytes)", "certificate_too_large"],
    [400, "Bad Request: bad webhook: Failed to set custom certificate file{error:…}", "certificate_refused"],
    [500, "Internal Server Error: failed to save certificate", "certificate_refused"],
    [400, "Bad Request: secret token is too long", "invalid_secret_token"],
    [400, "Bad Request: secret token contains unallowed characters", "invalid_secret_token"],
    [429, "Too Many Requests: retry after 1", "too_many_requests"],
    [409, "Conflict: terminated by other setWebhook", "set_elsewhere"],
    [
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      "polling_conflict",
    ],
    [
      409,
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
      "polling_conflict",
    ],
    [409, "Conflict: terminated by setWebhook request", "polling_conflict"],
    [401, "Unauthorized", "unauthorized"],
    [401, "Unauthorized: invalid token specified", "unauthorized"],
    [404, "Not Found", "unauthorized"],
    [421, "Misdirected Request: unallowed token specified", "wrong_server"],
    [400, "Logged out", "logged_out"],
  ])("%d %s", (errorCode, description, code) => {
    const finding = explainError(new TelegramError("setWebhook", errorCode, description))
    expect(finding).toMatchObject({ code, severity: "error", evidence: description })
  })

  test("what has nothing to do with receiving is not", () => {
    expect(explainError(new TelegramError("sendMessage", 400, "Bad Request: chat not found"))).toBeUndefined()
  })
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
    expect(await codes({ pending_update_count: 99 })).toEqual([])
    expect(await codes({ pending_update_count: 100 })).toEqual(["updates_pending"])
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
