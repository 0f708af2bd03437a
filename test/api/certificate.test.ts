import { diagnoseWebhook, ensureWebhook, type WebhookConfig } from "@hookgram/api"
import { expect, test } from "vitest"
import { selfSigned } from "../support/certificates.ts"
import { receiverFor } from "../simulator/support/telegram.ts"
import { OK } from "../simulator/support/receiver.ts"
import { simulated } from "./server.ts"

test("a self-signed certificate is uploaded, and Telegram then delivers; without it, the diagnosis says why not", async () => {
  const { telegram, api } = await simulated({ speed: 20 })
  const tls = selfSigned("127.0.0.1")
  const receiver = await receiverFor(() => OK, tls)
  const config: WebhookConfig = { url: receiver.url, secretToken: "s3cret", local: true }

  await ensureWebhook(api, config)
  await telegram.user("Ana").send("Hola")
  await telegram.until(() => telegram.webhookInfo().last_error_message !== undefined, 60_000)
  const findings = await diagnoseWebhook(api, { ...config, certificate: tls.cert })
  expect(findings.map(({ code }) => code)).toEqual(["certificate_invalid", "certificate_differs", "updates_pending"])

  expect(await ensureWebhook(api, { ...config, certificate: tls.cert })).toMatchObject({ differences: ["certificate"] })
  await telegram.settled()
  expect(receiver.requests.length).toBeGreaterThan(0)
  expect(await diagnoseWebhook(api, { ...config, certificate: tls.cert })).toEqual([])
})
