import { expect, test } from "vitest"
import { isSettled, said, startServer, URL_A } from "./server.ts"

const never = () => new Promise<string[]>(() => {})

test("a webhook is set without waiting for its receiver (facts, 5.3)", async () => {
  const { callForText } = startServer()
  expect(await callForText("setWebhook", { url: URL_A })).toBe(
    '{"ok":true,"result":true,"description":"Webhook was set"}',
  )
})

test.each([
  ["ftp://example.com/", "another scheme"],
  ["https://", "no host"],
  ["https://./", "the host ."],
  ["https://exa mple.com/", "a bad character"],
  ["https://example.com:0/", "port 0"],
  ["https://example.com:65536/", "a port too large"],
  ["https://example.com:http/", "a port that is no number"],
  ["https://[::1/", "a bad IPv6 literal"],
  ["https://[1.2.3.4]/", "no IPv6 in brackets"],
])("the URL %s is invalid: %s (facts, 5.1)", async (url) => {
  const { call } = startServer()
  expect(said(await call("setWebhook", { url }))).toBe("400 Bad Request: invalid webhook URL specified")
})

test("a secret has up to 256 bytes of letters, digits, _ and - (facts, 5.1)", async () => {
  const { call, clock } = startServer()
  const set = async (secret_token: unknown) => {
    await clock.advance(1000)
    return said(await call("setWebhook", { url: URL_A, secret_token }))
  }
  expect(await set("x".repeat(257))).toBe("400 Bad Request: secret token is too long")
  expect(await set("ñ".repeat(129))).toBe("400 Bad Request: secret token is too long")
  for (const bad of ["a b", "a.b", "ñ", "a\n", "a=", "a/b", "a+b"]) {
    expect(await set(bad)).toBe("400 Bad Request: secret token contains unallowed characters")
  }
  expect(await set("x".repeat(256))).toBe("Webhook was set")
  expect(await set("AZaz09_-")).toBe("Webhook was set")
})

test("strict: https, on four ports, at a public IPv4 address (facts, 5.1)", async () => {
  const { call, clock } = startServer({ strict: true, lookup: never })
  const bad = async (parameters: Record<string, unknown>) => {
    await clock.advance(1000)
    return said(await call("setWebhook", parameters))
  }
  const reason = (text: string) => `400 Bad Request: bad webhook: ${text}`
  expect(await bad({ url: "http://example.com/" })).toBe(reason("An HTTPS URL must be provided for webhook"))
  expect(await bad({ url: "http://example.com:8080/" })).toBe(reason("An HTTPS URL must be provided for webhook"))
  expect(await bad({ url: "https://example.com:8080/" })).toBe(
    reason("Webhook can be set up only on ports 80, 88, 443 or 8443"),
  )
  expect(await bad({ url: "https://10.1.2.3/" })).toBe(reason("IP address 10.1.2.3 is reserved"))
  expect(await bad({ url: "https://[2606:4700::1111]/" })).toBe(reason("IPv6-only addresses are not allowed"))
  expect(await bad({ url: "https://example.com/", ip_address: "127.0.0.1" })).toBe(
    reason("IP address 127.0.0.1 is reserved"),
  )
  expect(await bad({ url: "https://example.com/", ip_address: "2606:4700::1111" })).toBe(
    reason("IPv6-only addresses are not allowed"),
  )
  for (const port of ["", ":443", ":80", ":88", ":8443"]) {
    await clock.advance(1000)
    const pending = call("setWebhook", { url: `https://example.com${port}/` })
    expect(await isSettled(pending), port).toBe(false)
  }
})

test("local mode: http, any port, any address (facts, 5.6)", async () => {
  const { call, clock } = startServer()
  for (const url of ["http://127.0.0.1:9/", "https://127.0.0.1:9/", "http://[::1]:9/"]) {
    await clock.advance(1000)
    expect(said(await call("setWebhook", { url })), url).toBe("Webhook was set")
  }
})

test("an ip_address must be one; it is never looked up, and shown (facts, 5.1 and 6.1)", async () => {
  const lookup = () => Promise.reject(new Error("not to be asked"))
  const { call, clock, bot } = startServer({ lookup })
  const url = "http://example.com:9/"
  expect(said(await call("setWebhook", { url, ip_address: "example.com" }))).toBe(
    "400 Bad Request: bad webhook: Invalid IP address specified",
  )
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url, ip_address: "127.0.0.2" }))).toBe("Webhook was set")
  await clock.advance(3_600_000)
  expect(bot.registration.info().ip_address).toBe("127.0.0.2")
})

test.each([
  [true, undefined, 40],
  [true, "", 40],
  [true, 0, 1],
  [true, -5, 1],
  [true, 17, 17],
  [true, "17 or so", 17],
  [true, "many", 1],
  [true, null, 1],
  [true, 101, 100],
  [false, undefined, 100],
  [false, 100_001, 100_000],
])("strict %s: max_connections %j becomes %d (facts, 5.1 and 5.6)", async (strict, max_connections, connections) => {
  const { call, bot } = startServer({ strict, lookup: never })
  void call("setWebhook", { url: "https://example.com/", max_connections })
  expect(bot.registration.info()).toMatchObject({ max_connections: connections, ip_address: "<unknown>" })
})

test("a value of null is the text null: a secret, a host, no number, no address (facts, 5.1)", async () => {
  const asked: string[] = []
  const lookup = async (host: string) => {
    asked.push(host)
    return ["127.0.0.1"]
  }
  const { call, clock } = startServer({ lookup })
  expect(said(await call("setWebhook", { url: URL_A, secret_token: null }))).toBe("Webhook was set")
  expect(said(await call("setWebhook", { url: URL_A, secret_token: "null" }))).toContain("retry after")
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url: URL_A, secret_token: "null" }))).toBe("Webhook is already set")
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url: null }))).toBe("Webhook was set")
  expect(asked).toEqual(["null"])
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url: URL_A, ip_address: null }))).toBe(
    "400 Bad Request: bad webhook: Invalid IP address specified",
  )
})

test("checks are made in Telegram's order: URL, length and characters of the secret, certificate's size, scheme, port, address, certificate (facts, 5.1)", async () => {
  const { call, clock } = startServer({ strict: true, lookup: () => Promise.reject(new Error("No such host")) })
  const faults: [name: string, value: string, expected: string][] = [
    ["url", "https://", "invalid webhook URL specified"],
    ["secret_token", " ".repeat(257), "secret token is too long"],
    ["secret_token", " ", "secret token contains unallowed characters"],
    ["certificate", "x".repeat(3_145_729), "certificate size is too big (3145729 bytes)"],
    ["url", "http://example.com:1/", "bad webhook: An HTTPS URL must be provided for webhook"],
    ["url", "https://example.com:1/", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"],
    ["ip_address", "here", "bad webhook: Invalid IP address specified"],
    ["certificate", "x", "bad webhook: Failed to set custom certificate file"],
    ["url", "https://example.com/", "bad webhook: Failed to resolve host: No such host"],
  ]
  // Each time the first fault is mended, and the next one shows.
  for (const [index, [, , expected]] of faults.entries()) {
    const given = Object.fromEntries(faults.slice(index).toReversed()) as Record<string, string>
    const { certificate, url = "https://example.com/", ...parameters } = given
    await clock.advance(1000)
    const answer = await call("setWebhook", { ...parameters, url }, certificate === undefined ? {} : { certificate })
    expect(said(answer)).toContain(`400 Bad Request: ${expected}`)
  }
})
