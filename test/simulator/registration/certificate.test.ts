import { expect, test } from "vitest"
import { selfSigned } from "../../support/certificates.ts"
import { receiverFor } from "../support/telegram.ts"
import { said, startServer, URL_A } from "./server.ts"

const HTTPS = "https://127.0.0.1:9/"
const { cert, key } = selfSigned("127.0.0.1")

test.each([
  ["a file part named certificate", {}, { certificate: cert }],
  ["a file part that attach:// points to", { certificate: "attach://pem" }, { pem: cert }],
])("a certificate comes as %s (facts, 5.1)", async (_, parameters, files) => {
  const { call, bot } = startServer()
  expect(said(await call("setWebhook", { url: HTTPS, ...parameters }, files))).toBe("Webhook was set")
  expect(bot.registration.info().has_custom_certificate).toBe(true)
})

test.each([cert, "attach://missing", "file_id", null, ""])(
  "any other text in its place is ignored: %j (facts, 5.1)",
  async (certificate) => {
    const { call, bot } = startServer()
    expect(said(await call("setWebhook", { url: HTTPS, certificate }))).toBe("Webhook was set")
    expect(bot.registration.info().has_custom_certificate).toBe(false)
  },
)

test("it may have 3 145 728 bytes (facts, 5.1)", async () => {
  const { call, clock } = startServer()
  const padded = (size: number) => cert.padEnd(size, "\n")
  expect(said(await call("setWebhook", { url: HTTPS }, { certificate: padded(3_145_729) }))).toBe(
    "400 Bad Request: certificate size is too big (3145729 bytes)",
  )
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url: HTTPS }, { certificate: padded(3_145_728) }))).toBe("Webhook was set")
})

test("one that cannot be read is refused, and the webhook with it (facts, 5.1 and 5.4)", async () => {
  const { call, bot, clock } = startServer()
  expect(said(await call("setWebhook", { url: HTTPS }, { certificate: "not a PEM" }))).toBe(
    "400 Bad Request: bad webhook: Failed to set custom certificate file{error:05800088:x509 certificate routines::no certificate or crl found}",
  )
  expect(bot.registration.isSet).toBe(false)
  await clock.advance(1000)
  const broken = cert.replace(/\n[A-Za-z0-9+/]{20}/, "\nAAAAAAAAAAAAAAAAAAAA")
  expect(said(await call("setWebhook", { url: HTTPS }, { certificate: broken }))).toMatch(
    /^400 Bad Request: bad webhook: Failed to set custom certificate file\{error:[0-9A-F]{8}:.+\}$/,
  )
})

test("with plain http it is not looked at (facts, 5.6)", async () => {
  const { call, bot } = startServer()
  expect(said(await call("setWebhook", { url: URL_A }, { certificate: "not a PEM" }))).toBe("Webhook was set")
  expect(bot.registration.info().has_custom_certificate).toBe(true)
})

test("with a certificate, before or now, nothing is ever already set (facts, 5.4)", async () => {
  const { call, clock } = startServer()
  const set = async (files?: Record<string, string>) => {
    await clock.advance(1000)
    return said(await call("setWebhook", { url: HTTPS }, files))
  }
  expect(await set()).toBe("Webhook was set")
  expect(await set()).toBe("Webhook is already set")
  expect(await set({ certificate: cert })).toBe("Webhook was set")
  expect(await set({ certificate: cert })).toBe("Webhook was set")
  expect(await set()).toBe("Webhook was set")
  expect(await set()).toBe("Webhook is already set")
})

test("left out, it is removed (facts, 5.4)", async () => {
  const { call, clock, bot } = startServer()
  await call("setWebhook", { url: HTTPS }, { certificate: cert })
  await clock.advance(1000)
  await call("setWebhook", { url: HTTPS, secret_token: "x" })
  expect(bot.registration.info().has_custom_certificate).toBe(false)
})

test("the receiver that has it is trusted, be it the second of a file (facts, 10)", async () => {
  const receiver = await receiverFor(undefined, { cert, key })
  const { call, clock, bot, message } = startServer({ patience: 1000 })
  const certificate = selfSigned("other.example").cert + cert
  expect(said(await call("setWebhook", { url: receiver.url }, { certificate }))).toBe("Webhook was set")
  message()
  await clock.until(() => bot.updates.size === 0 || undefined, 60_000)
  expect(receiver.requests).toHaveLength(1)
})

test("without it, it is not (facts, 10)", async () => {
  const receiver = await receiverFor(undefined, { cert, key })
  const { call, clock, bot, message } = startServer({ patience: 1000 })
  expect(said(await call("setWebhook", { url: receiver.url }))).toBe("Webhook was set")
  message()
  await clock.advance(1000)
  expect(receiver.requests).toHaveLength(0)
  expect(bot.registration.info().last_error_message).toContain("certificate verify failed")
})
