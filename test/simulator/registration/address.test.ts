import { expect, test } from "vitest"
import { checkAddress } from "../../../packages/simulator/src/registration/request.ts"
import { said, startServer } from "./server.ts"

test.each([
  ["0.0.0.0", "0.255.255.255"],
  ["10.0.0.0", "10.255.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
  ["169.254.0.0", "169.254.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.0.0.0", "192.0.0.255"],
  ["192.0.2.0", "192.0.2.255"],
  ["192.88.99.0", "192.88.99.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["198.18.0.0", "198.19.255.255"],
  ["198.51.100.0", "198.51.100.255"],
  ["203.0.113.0", "203.0.113.255"],
  ["224.0.0.0", "255.255.255.255"],
])("strict: all from %s to %s is reserved (facts, 5.2)", (first, last) => {
  for (const address of [first, last]) {
    expect(() => checkAddress(address, true)).toThrow(`Bad Request: bad webhook: IP address ${address} is reserved`)
    expect(() => checkAddress(address, false)).not.toThrow()
  }
})

test("strict: what is next to the reserved blocks is not (facts, 5.2)", () => {
  const free = [
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
  ]
  for (const address of free) expect(() => checkAddress(address, true), address).not.toThrow()
})

test.each([
  ["ENOTFOUND", "Name or service not known"],
  ["EAI_AGAIN", "Temporary failure in name resolution"],
  ["ENODATA", "No address associated with hostname"],
])("a host that is not found: %s is %s (facts, 5.1)", async (code, reason) => {
  const lookup = () => Promise.reject(Object.assign(new Error("getaddrinfo"), { code }))
  const { call } = startServer({ lookup })
  expect(said(await call("setWebhook", { url: "http://nowhere.example/" }))).toBe(
    `400 Bad Request: bad webhook: Failed to resolve host: ${reason}`,
  )
})

test("the system's resolver is asked when there is no other, and its failure has the system's words (facts, 5.1)", async () => {
  const { call, bot, clock } = startServer()
  expect(said(await call("setWebhook", { url: "http://localhost:9/" }))).toBe("Webhook was set")
  expect(bot.registration.info().ip_address).toMatch(/^(127\.0\.0\.1|::1)$/)
  await clock.advance(1000)
  expect(said(await call("setWebhook", { url: "http://does-not-exist.invalid/" }))).toMatch(
    /^400 Bad Request: bad webhook: Failed to resolve host: (Name or service not known|Temporary failure in name resolution)$/,
  )
})

test("of a host's addresses, the first of IPv4 is used (facts, 5.1)", async () => {
  const { call, bot } = startServer({ lookup: async () => ["::1", "127.0.0.3", "127.0.0.4"] })
  await call("setWebhook", { url: "http://two.example:9/" })
  expect(bot.registration.info().ip_address).toBe("127.0.0.3")
})

test("a host with IPv6 only is refused when strict, and used in local mode (facts, 5.1 and 5.6)", async () => {
  const lookup = async () => ["::1"]
  const strict = startServer({ strict: true, lookup })
  expect(said(await strict.call("setWebhook", { url: "https://six.example/" }))).toBe(
    "400 Bad Request: bad webhook: IPv6-only addresses are not allowed",
  )
  const local = startServer({ lookup })
  expect(said(await local.call("setWebhook", { url: "http://six.example:9/" }))).toBe("Webhook was set")
  expect(local.bot.registration.info().ip_address).toBe("::1")
})

test("strict: a host whose address is reserved is refused (facts, 5.1)", async () => {
  const { call } = startServer({ strict: true, lookup: async () => ["192.168.1.1"] })
  expect(said(await call("setWebhook", { url: "https://home.example/" }))).toBe(
    "400 Bad Request: bad webhook: IP address 192.168.1.1 is reserved",
  )
})
