import { createHealth } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { Asked, info, seconds, secretToken, storeThat, webhookWith } from "./info.ts"

describe("nothing that is secret is in the report:", () => {
  const secrets = [secretToken, "a-path-that-nobody-knows", "93.184.215.14", "password", "private words"]

  async function shown(last_error_message: string): Promise<string> {
    const api = new Asked(() => info({ last_error_date: seconds(0), last_error_message }))
    const dedup = storeThat(() => Promise.reject(new Error("redis://:password@store")))
    const health = createHealth({ webhook: webhookWith({ dedup, botId: 1 }), api })
    const [report, ready] = [await health.respond("GET", "/"), await health.respond("GET", "/ready")]
    expect(report?.status).toBe(503)
    for (const secret of secrets) expect(`${report?.body}${ready?.body}`).not.toContain(secret)
    return report?.body ?? ""
  }

  test("an ordinary error", async () => {
    expect(await shown("Connection refused")).toContain("Connection refused")
  })

  test("a dump of what the webhook sent, where that was no response (facts, 3.7)", async () => {
    const head = "POST:/a-path-that-nobody-knows:[update_id:7]:[message:{private words}]:keep-alive\n"
    const dump = `${head}x-telegram-bot-api-secret-token=${secretToken}\nBEGIN CONTENT\nEND CONTENT\n`
    expect(await shown(`Wrong response from the webhook: ${dump}`)).toContain(
      "Wrong response from the webhook: not a response but a request",
    )
  })

  test("whatever stands in further lines, or far behind", async () => {
    expect(await shown(`Something new\r\nprivate words`)).toContain("Something new")
    expect(await shown(`Something new ${"x".repeat(200)}private words`)).toContain("Something new")
  })
})
