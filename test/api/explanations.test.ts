import { readFileSync } from "node:fs"
import { diagnoseWebhook, explainError, type Finding, TelegramError } from "@hookgram/api"
import { describe, expect, test } from "vitest"

const now = Math.floor(Date.now() / 1000)

/** What is found when Telegram shows this error. */
function found(last_error_message: string): Promise<Finding[]> {
  const info = { url: "https://bot.example.com/", has_custom_certificate: false, pending_update_count: 1 }
  return diagnoseWebhook({ getWebhookInfo: async () => ({ ...info, last_error_message, last_error_date: now }) })
}

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
    ["Wrong response from the webhook: 501 Not Implemented", "handler_failed"],
    ["Wrong response from the webhook: [POST / HTTP/1.1]", "not_a_response"],
    ["Read timeout expired", "read_timeout"],
    ["Write timeout expired", "connect_timeout"],
    ["Connection timed out", "connect_timeout"],
    ["Connection refused", "connection_refused"],
    ["Connection reset by peer", "connection_reset"],
    ["Broken pipe", "connection_reset"],
    ["No route to host", "unreachable"],
    ["Network is unreachable", "unreachable"],
    ["Permission denied", "unreachable"],
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
    ["Bad Request: Invalid chunk size [size:4294967296]", "transfer_encoding"],
    ["Bad Request: Unexpected end of stream", "transfer_encoding"],
    ["Bad Request: boundary not found", "bad_form"],
    ["Bad Request: headers in multipart/form-data are empty", "bad_form"],
    ["Request Entity Too Large: too many files attached", "answer_too_large"],
    ["Internal Server Error: can't create temporary file", "telegram_failed"],
    ["Bad Request: wrong request line", "not_http"],
    ["HTTP Version Not Supported", "not_http"],
    ["Not Implemented", "not_http"],
    ["Something new", "delivery_failed"],
  ])("%s", async (last_error_message, code) => {
    const [finding] = await found(last_error_message)
    expect(finding).toMatchObject({ code, severity: "error", evidence: last_error_message })
    expect(finding?.cause).toMatch(/\.$/)
    expect(finding?.fix).toMatch(/\.$/)
  })
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

  test.each([
    [400, "Bad Request: chat not found"],
    [404, "Not Found: method not found"],
    [500, "Internal Server Error: restart"],
  ])("%d %s is not: it has nothing to do with receiving", (errorCode, description) => {
    expect(explainError(new TelegramError("sendMessage", errorCode, description))).toBeUndefined()
  })
})

describe("no text of the facts themselves goes without an explanation of its own", () => {
  const facts = readFileSync(new URL("../../docs/telegram-delivery.md", import.meta.url), "utf8")
  const section = (number: string): string =>
    facts.split(/^(?=#{2,3} )/m).find((one) => one.startsWith(`### ${number} `))!
  const texts = (number: string, pattern: RegExp): string[] =>
    [...section(number).matchAll(pattern)].map(([, text]) => text!.replace("CODE REASON", "500 Internal Server Error"))

  const parser = texts("3.1", /"([A-Z][A-Za-z ]+(?:: [^"…]+)?)…?"/g)
  const recorded = texts("3.7", /`([A-Z][^`…]+?)(?:: …)?`/g).filter((text) => !text.startsWith("Webhook is"))
  test.each([...parser, ...recorded])("%s", async (text) => {
    const [finding] = await found(text)
    expect(["delivery_failed", "wrong_response"]).not.toContain(finding?.code)
  })

  const refused = texts("5.1", /\d{3} `([A-Z][^`]+)`/g)
  const conflicts = texts("7.3", /`(Conflict: [^`]+)`/g)
  test.each([...refused, ...conflicts])("%s", (text) => {
    expect(explainError(new TelegramError("setWebhook", 400, text))).toBeDefined()
  })

  test("all of them were found in it", () => {
    expect([parser.length, recorded.length, refused.length, conflicts.length]).toEqual([8, 12, 12, 4])
  })
})
