import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { WebhookConfig } from "@hookgram/api"
import { updateKinds } from "@hookgram/core"
import { afterAll, describe, expect, test } from "vitest"
import { resolveConfig } from "../../packages/api/src/webhook/config.ts"
import { requestWriter } from "../../packages/simulator/src/delivery/request.ts"
import { parseWebhookUrl } from "../../packages/simulator/src/delivery/url.ts"
import { selfSigned } from "../support/certificates.ts"
import { rejection } from "./server.ts"

const right: WebhookConfig = { url: "https://bot.example.com/telegram", secretToken: "s3cret" }

const { cert, key } = selfSigned("bot.example.com")
const folder = mkdtempSync(join(tmpdir(), "hookgram-config-"))
const path = join(folder, "cert.pem")
writeFileSync(path, cert)
afterAll(() => rmSync(folder, { recursive: true }))

/** The complaints about a configuration that differs from a right one; none when it is accepted. */
async function complaints(changes: Record<string, unknown>): Promise<string[]> {
  const made = resolveConfig({ ...right, ...changes } as WebhookConfig)
  if (await made.then(() => true).catch(() => false)) return []
  const error = await rejection(made)
  expect(error).toMatchObject({ name: "HookgramError", code: "invalid_options" })
  const [title, ...lines] = error.message.split("\n")
  expect(title).toBe("This webhook configuration is wrong:")
  return lines.map((line) => line.trim())
}

test("what is left out is Telegram's default", async () => {
  expect(await resolveConfig(right)).toEqual({
    ...right,
    maxConnections: 40,
    allowedUpdates: [],
    dropPendingUpdates: false,
  })
  expect(await resolveConfig({ ...right, secretToken: false })).toMatchObject({ secretToken: "" })
})

test("all that is wrong is said at once, by name, and without showing the secret", async () => {
  const lines = await complaints({
    url: "http://localhost/",
    secretToken: "sécret with spaces",
    certificate: 1,
    ipAddress: "here",
    maxConnections: 0,
    allowedUpdates: ["mesage"],
    dropPendingUpdates: "no",
    proxy: 1,
  })
  const names = new Set(lines.map((line) => line.slice(0, line.indexOf(":"))))
  const wrong = "allowedUpdates.0 certificate dropPendingUpdates ipAddress maxConnections proxy secretToken url"
  expect([...names].toSorted().join(" ")).toBe(wrong)
  expect(lines.join()).not.toContain("sécret")
  expect(await complaints({ allowedUpdates: ["mesage"] })).toEqual([
    'allowedUpdates.0: "mesage" is no kind that is known: set allowUnknownUpdates if it is a new one',
  ])
})

test("no configuration at all is a wrong one", async () => {
  expect(await rejection(resolveConfig(undefined as never))).toMatchObject({ code: "invalid_options" })
})

describe("the url", () => {
  test.each([
    ["http://bot.example.com/", "https://"],
    ["bot.example.com/telegram", "whole URL"],
    ["ftp://bot.example.com/", "whole URL"],
    ["", "whole URL"],
    ["https://bot.example.com:8080/", "port 443, 80, 88 or 8443"],
    ["https://bot.example.com:0/", "port"],
    ["https://[2606:4700::1111]/", "IPv4 only"],
    ["https://localhost:8443/", "reachable from the internet"],
    ["https://bot.localhost/", "reachable from the internet"],
    ["https://127.0.0.1/", "reachable from the internet"],
    ["https://10.1.2.3/", "reachable from the internet"],
    ["https://./", "host"],
    ['https://bot".example.com/', "host"],
    ["https://bot.example.com/telegram#part", "no #"],
    ["https://bot.example.com/telegram#", "no #"],
    ["https://us%20er:pass@bot.example.com/", "user and password"],
    [`https://bot.example.com/${"x".repeat(4000)}`, "too long"],
  ])("%s is refused (facts, 1.1 and 5.1)", async (url, reason) => {
    const lines = await complaints({ url })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^url: /)
    expect(lines[0]).toContain(reason)
  })

  test.each(["", ":443", ":80", ":88", ":8443"])("https at a port %j of Telegram's is taken", async (port) => {
    expect(await complaints({ url: `https://bot.example.com${port}/telegram?a=1` })).toEqual([])
  })

  test.each(["http://127.0.0.1:9/", "https://localhost:8080/", "http://[::1]:9/", "https://10.1.2.3/"])(
    "%s is taken with local: true (facts, 5.6)",
    async (url) => {
      expect(await complaints({ url, local: true })).toEqual([])
      expect(await complaints({ url })).not.toEqual([])
    },
  )

  test.each([
    ["https://bot.example.com/güte?q=ñ", "https://bot.example.com/g%C3%BCte?q=%C3%B1"],
    ["https://BÜCHER.example.com", "https://xn--bcher-kva.example.com/"],
    ["https://bot.example.com/a b", "https://bot.example.com/a%20b"],
    ["https://bot.example.com/a%20b", "https://bot.example.com/a%20b"],
    ["https://user:pass@bot.example.com/", "https://user:pass@bot.example.com/"],
  ])("%s is sent as ASCII, since servers refuse raw UTF-8 (facts, 1.1)", async (url, sent) => {
    expect((await resolveConfig({ ...right, url })).url).toBe(sent)
  })

  test("the longest is as long as Telegram sends, secret and password counted (facts, 1.1)", async () => {
    const update = { id: 2_000_000_000, kind: "message", text: "x".repeat(524_288) } as never
    for (const user of ["", "user:pass@"]) {
      for (const secretToken of [false, "s".repeat(256)] as const) {
        let fits = 0
        for (let length = 3000; length < 4100; length++) {
          const url = `https://${user}bot.example.com:8443/${"x".repeat(length)}`
          const isSent = requestWriter(parseWebhookUrl(url)!, secretToken || "")(update) !== undefined
          if (isSent) fits = length
        }
        const url = (length: number) => `https://${user}bot.example.com:8443/${"x".repeat(length)}`
        expect(await complaints({ url: url(fits), secretToken })).toEqual([])
        expect(await complaints({ url: url(fits + 1), secretToken })).toHaveLength(1)
      }
    }
  })
})

test.each([
  ["1", 1],
  ["256", 256],
])("a secret of %s characters is taken", async (_, length) => {
  expect(await complaints({ secretToken: "-_aZ09"[0]?.repeat(length) })).toEqual([])
})

test.each([[""], ["x".repeat(257)], ["a b"], ["ñ"], ["a\n"], [undefined], [null], [true]])(
  "the secret %j is refused (facts, 5.1)",
  async (secretToken) => {
    expect(await complaints({ secretToken })).toEqual([
      "secretToken: must be 1 to 256 of A-Z a-z 0-9 _ -, or false to go without",
    ])
  },
)

test("connections are 1 to 100, and more in local mode only (facts, 5.6)", async () => {
  for (const maxConnections of [1, 100]) expect(await complaints({ maxConnections })).toEqual([])
  for (const maxConnections of [0, 101, 1.5, "40"]) expect(await complaints({ maxConnections })).toHaveLength(1)
  expect(await complaints({ maxConnections: 100_000, local: true })).toEqual([])
  expect(await complaints({ maxConnections: 100_001, local: true })).toHaveLength(1)
})

test("the address is a public IPv4 one, in local mode any (facts, 5.1 and 5.2)", async () => {
  expect(await complaints({ ipAddress: "1.2.3.4" })).toEqual([])
  for (const ipAddress of [
    "bot.example.com",
    "2606:4700::1111",
    "10.1.2.3",
    "203.0.113.7",
    "1.2.3.4:443",
    "1.2.3.0/24",
  ]) {
    expect(await complaints({ ipAddress }), ipAddress).toHaveLength(1)
  }
  expect(await complaints({ ipAddress: "::1", local: true })).toEqual([])
})

test("kinds are known ones, or others if that is said", async () => {
  expect(await complaints({ allowedUpdates: updateKinds })).toEqual([])
  expect(await complaints({ allowedUpdates: ["thought"], allowUnknownUpdates: true })).toEqual([])
  expect(await complaints({ allowedUpdates: ["message", "update_id"] })).toHaveLength(1)
})

describe("the certificate", () => {
  test.each<[string, () => unknown]>([
    ["a path", () => path],
    ["PEM", () => cert],
    ["bytes of PEM", () => Buffer.from(cert)],
  ])("can be %s", async (_, make) => {
    expect((await resolveConfig({ ...right, certificate: make() as string })).certificate).toBe(cert)
  })

  test.each<[string, () => unknown, string]>([
    ["no file", () => join(folder, "no.pem"), "cannot be read"],
    ["no PEM", () => Buffer.from("hello"), "must be PEM"],
    ["the key instead", () => key, "private key"],
    ["the key as well", () => `${cert}${key}`, "private key"],
    ["PEM of nothing", () => "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n", "no certificate"],
    ["PEM of 3 MiB (facts, 5.1)", () => cert + "\n".repeat(3_145_728), "at most 3145728 bytes"],
  ])("cannot be %s", async (_, make, reason) => {
    const lines = await complaints({ certificate: make() })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^certificate: /)
    expect(lines[0]).toContain(reason)
    expect(lines[0]).not.toContain("PRIVATE KEY-----\n")
  })
})
