import { diagnoseWebhook, ensureWebhook, type Finding, type WebhookConfig } from "@hookgram/api"
import type { WebhookInfo } from "@grammyjs/types"
import { describe, expect, test } from "vitest"
import type { Answer } from "../simulator/support/receiver.ts"
import { receiverFor } from "../simulator/support/telegram.ts"
import { simulated } from "./server.ts"

const now = Math.floor(Date.now() / 1000)
const refused = "Connection refused"

/** What is found when Telegram shows this, one look after the other. */
function found(watch: number, ...looks: Partial<WebhookInfo>[]): Promise<Finding[]> {
  const healthy = { url: "https://bot.example.com/", has_custom_certificate: false, pending_update_count: 0 }
  const left = [...looks]
  const getWebhookInfo = async () => ({ ...healthy, ...left.shift() })
  return diagnoseWebhook({ getWebhookInfo }, undefined, { watch })
}

const shown = (findings: Finding[]) => findings.map(({ severity, code }) => `${severity} ${code}`)

describe("updates that wait without a recent error", () => {
  const error = { last_error_message: refused, last_error_date: now - 7200 }
  test.each([[{}], [error]])("are worth a second look: %j", async (info) => {
    const finding = (await found(0, { ...info, pending_update_count: 1 })).find(
      ({ code }) => code === "updates_pending",
    )
    expect(finding).toMatchObject({ severity: "info", evidence: "1 updates wait" })
    expect(finding?.fix).toContain("look again in 60 s")
  })

  test("are a warning if they do not go down while it is watched", async () => {
    const waiting = { pending_update_count: 2 }
    expect(shown(await found(10, waiting, waiting))).toEqual(["warning pending_stuck", "info updates_pending"])
    expect(shown(await found(10, waiting, { pending_update_count: 1 }))).toEqual(["info updates_pending"])
  })

  test("are nothing to wonder at where no webhook is set", async () => {
    const polled = { url: "", pending_update_count: 1 }
    expect(shown(await found(10, polled, polled))).toEqual(["info not_set"])
  })

  test("are no finding if none is left when the watch is over", async () => {
    expect(await found(10, { pending_update_count: 1 }, {})).toEqual([])
  })

  test.each<[string, Answer]>([
    ["hangs, for the first 60 s", () => undefined],
    ["closes without an answer, which is not recorded (facts, 3.7)", ({ socket }) => void socket.end()],
  ])("as when the receiver %s", async (_, answer) => {
    const { telegram, api } = await simulated()
    const receiver = await receiverFor(answer)
    const config: WebhookConfig = { url: receiver.url, secretToken: "s3cret", local: true }
    await ensureWebhook(api, config)
    await telegram.user("Ana").send("Hola")
    await telegram.until(() => receiver.requests.length > 0)
    expect(shown(await diagnoseWebhook(api, config, { watch: 10 }))).toEqual([
      "warning pending_stuck",
      "info updates_pending",
    ])
  })
})

describe("an error", () => {
  const error = { last_error_message: refused, last_error_date: now - 30 }

  test("is perhaps over when nothing waits", async () => {
    const findings = await found(0, error)
    expect(shown(findings)).toEqual(["info connection_refused"])
    expect(findings[0]?.cause).toMatch(/That was 3\d s ago, and nothing waits: it is perhaps over/)
  })

  test("is one while something waits, until it is ten minutes old", async () => {
    const at = (age: number) => found(0, { ...error, last_error_date: now - age, pending_update_count: 1 })
    expect(shown(await at(590))).toEqual(["error connection_refused", "warning updates_pending"])
    expect(shown(await at(660))).toEqual(["info connection_refused", "info updates_pending"])
  })

  test("has its time with it, and so has a server out of touch with Telegram", async () => {
    for (const pending_update_count of [0, 1]) {
      const [finding] = await found(0, { ...error, pending_update_count })
      expect(finding?.at).toEqual(new Date((now - 30) * 1000))
    }
    const [finding] = await found(0, { last_synchronization_error_date: now })
    expect(finding).toMatchObject({ code: "telegram_out_of_sync", at: new Date(now * 1000) })
    expect((await found(0, { url: "" }))[0]?.at).toBeUndefined()
  })
})

describe("what to do", () => {
  const about = async (status: string): Promise<Finding | undefined> =>
    (await found(0, { last_error_message: `Wrong response from the webhook: ${status}`, pending_update_count: 1 }))[0]

  test("about 403: the webhook's own list comes first, and the proxy that is not trusted", async () => {
    const { cause, fix } = (await about("403 Forbidden"))!
    expect(cause.indexOf("allowedAddresses")).toBeLessThan(cause.indexOf("front"))
    expect(cause).toContain("allowedAddresses")
    expect(fix).toContain("trustedProxies")
    expect(fix).toContain("trust proxy")
  })

  test("about 502: the proxy may not be allowed to connect to the socket", async () => {
    expect((await about("502 Bad Gateway"))?.fix).toContain("unix socket")
  })
})
