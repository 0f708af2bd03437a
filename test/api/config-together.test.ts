import { diagnoseWebhook, type Finding, type WebhookConfig } from "@hookgram/api"
import type { WebhookInfo } from "@grammyjs/types"
import { describe, expect, test } from "vitest"
import { resolveConfig } from "../../packages/api/src/webhook/config.ts"
import { selfSigned } from "../support/certificates.ts"
import { rejection } from "./server.ts"

const right: WebhookConfig = { url: "https://bot.example.com/telegram", secretToken: "s3cret" }

/** The complaints about a configuration that is wrong. */
async function complaints(changes: Record<string, unknown>): Promise<string[]> {
  const { message } = await rejection(resolveConfig({ ...right, ...changes } as WebhookConfig))
  return message.split("\n").slice(1)
}

describe("all that is wrong is named at once", () => {
  test("an unknown kind beside what is wrong by itself", async () => {
    const lines = await complaints({ maxConnections: 0, allowedUpdates: ["message", "mesage", 1], secretToken: "a b" })
    const names = lines.map((line) => line.trim().split(":")[0]).toSorted()
    expect(names).toEqual(["allowedUpdates.1", "allowedUpdates.2", "maxConnections", "secretToken"])
    expect(
      await complaints({ maxConnections: 0, allowedUpdates: ["thought"], allowUnknownUpdates: true }),
    ).toHaveLength(1)
  })

  test.each([
    [
      "http://us%20er:pass@localhost:8080/#part",
      ["https://", "the port 443", "reachable", "no #", "user and password"],
    ],
    ["https://user:pa#ss@bot.example.com/", ["whole URL", "no #"]],
    ["https://us er:pass@bot.example.com/s3cret#", ["no #", "user and password", "the secretToken"]],
  ])("%s", async (url, reasons) => {
    const lines = await complaints({ url })
    expect(lines).toHaveLength(reasons.length)
    for (const reason of reasons) expect(lines.filter((line) => line.includes(reason))).toHaveLength(1)
  })
})

test.each(["https://bot.example.com/s3cret", "https://bot.example.com/a?token=xs3cretx"])(
  "%s has the secret in it, which logs would keep",
  async (url) => {
    expect(await complaints({ url })).toEqual([
      "  url: must not have the secretToken in its path or query, where logs would keep it",
    ])
    expect((await resolveConfig({ ...right, url, secretToken: false })).url).toBe(url)
  },
)

test("a certificate that cannot be read: the reason is shown, and not the path, which may be its text", async () => {
  const reason = "  certificate: cannot be read (ENOENT): is there such a file?"
  expect(await complaints({ certificate: "MIIBhidden" })).toEqual([reason])
})

describe("the difference is named so that the fix does no harm", () => {
  const found = async (info: Partial<WebhookInfo>, config: WebhookConfig): Promise<Finding | undefined> => {
    const healthy = { url: right.url, has_custom_certificate: false, pending_update_count: 0, max_connections: 40 }
    const findings = await diagnoseWebhook({ getWebhookInfo: async () => ({ ...healthy, ...info }) }, config)
    return findings[0]
  }

  test("a certificate that is set would be dropped by setting the webhook without it", async () => {
    const finding = await found({ has_custom_certificate: true }, right)
    expect(finding).toMatchObject({ code: "certificate_differs", severity: "warning" })
    expect(finding?.cause).toContain("is set, and none is configured")
    expect(finding?.fix).toMatch(/^Pass the certificate in the configuration, or, if .*no longer self-signed/)
  })

  test("a certificate that is configured has to be set", async () => {
    const finding = await found({}, { ...right, certificate: selfSigned("bot.example.com").cert })
    expect(finding).toMatchObject({ code: "certificate_differs", fix: "Call ensureWebhook." })
    expect(finding?.cause).toContain("is configured, and none is set")
  })

  test.each([
    ["https://bot.example.com/bot123:hidden", "the path differs"],
    ["https://bot.example.com/telegram?key=hidden", "the query differs"],
    ["http://bot.example.com/bot123:hidden", "the scheme differs, the path differs"],
    ["https://hidden@bot.example.com/telegram", "the user differs"],
    ["https://bot.example.com:443/telegram", "the spelling differs"],
  ])("of %s is shown what differs, and never the path", async (url, text) => {
    const finding = await found({ url }, right)
    expect(finding).toMatchObject({ code: "url_differs", severity: "error" })
    expect(JSON.stringify(finding)).not.toContain("hidden")
    expect(finding?.cause).toContain(`bot.example.com: ${text}.`)
  })
})
