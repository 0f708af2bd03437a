import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { expect, onTestFinished, test } from "vitest"
import type { Simulator } from "@hookgram/simulator"
import { selfSigned } from "../../support/certificates.ts"
import { callApi } from "../support/post.ts"
import { OK, type Receiver } from "../support/receiver.ts"
import { emitMessage, receiverFor, virtualTelegram } from "../support/telegram.ts"

const named = selfSigned("bot.example.com", "subjectAltName=DNS:bot.example.com")
const addressed = selfSigned("127.0.0.1")

/** Sets a webhook as one does with a certificate of one's own: by multipart. */
async function setWithCertificate(telegram: Simulator, url: string, pem: string): Promise<unknown> {
  const form = new FormData()
  form.set("url", url)
  form.set("ip_address", "127.0.0.1")
  form.set("certificate", new Blob([pem]), "cert.pem")
  const response = await fetch(`${telegram.url}/bot${telegram.token}/setWebhook`, { method: "POST", body: form })
  return response.json()
}

function https(receiver: Receiver, host = "bot.example.com"): string {
  return `https://${host}:${receiver.port}/`
}

test("with a certificate of its own, a receiver under its name is delivered to (facts, 10)", async () => {
  const receiver = await receiverFor(() => OK, named)
  const telegram = await virtualTelegram()
  expect(await setWithCertificate(telegram, https(receiver), named.cert)).toMatchObject({
    description: "Webhook was set",
  })
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests[0]?.head).toContain(`Host: bot.example.com:${receiver.port}\r\n`)
  expect(telegram.webhookInfo()).toMatchObject({ has_custom_certificate: true, ip_address: "127.0.0.1" })
})

test("an address is compared with the name in the certificate as a name would be (facts, 10)", async () => {
  const receiver = await receiverFor(() => OK, addressed)
  const telegram = await virtualTelegram()
  await setWithCertificate(telegram, https(receiver, "127.0.0.1"), addressed.cert)
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests).toHaveLength(1)
})

test("the name is sent ahead for hosts that have one, not for addresses (facts, 10)", async () => {
  for (const [host, certificate, names] of [
    ["bot.example.com", named, ["bot.example.com"]],
    ["127.0.0.1", addressed, []],
  ] as const) {
    const asked: string[] = []
    const SNICallback = (name: string, answer: (error: null) => void) => {
      asked.push(name)
      answer(null)
    }
    const receiver = await receiverFor(() => OK, { ...certificate, SNICallback })
    const telegram = await virtualTelegram()
    await setWithCertificate(telegram, https(receiver, host), certificate.cert)
    emitMessage(telegram)
    await telegram.settled()
    expect(asked).toEqual(names)
  }
})

test.each([
  ["signed by nobody who is known", undefined, "bot.example.com"],
  ["of another name", named.cert, "other.example.com"],
  ["another than the one that was uploaded", addressed.cert, "bot.example.com"],
])("a certificate %s: the webhook is set, and deliveries fail (facts, 3.7, 5.3 and 10)", async (_what, pem, host) => {
  const receiver = await receiverFor(() => OK, named)
  const telegram = await virtualTelegram({ lookup: async () => ["127.0.0.1"] })
  if (pem !== undefined) await setWithCertificate(telegram, https(receiver, host), pem)
  else await fetch(`${telegram.url}/bot${telegram.token}/setWebhook?url=${encodeURIComponent(https(receiver, host))}`)
  emitMessage(telegram)
  await telegram.advance(10_000)
  expect(receiver.requests).toEqual([])
  expect(telegram.webhookInfo()).toMatchObject({ pending_update_count: 1, url: https(receiver, host) })
  expect(telegram.webhookInfo().last_error_message).toMatch(/^SSL error \{error:.*certificate verify failed\}$/)
})

test("a receiver without TLS where TLS is expected (facts, 3.7)", async () => {
  const plain = createServer((socket) => void socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")))
  plain.listen(0, "127.0.0.1")
  onTestFinished(() => void plain.close())
  await once(plain, "listening")
  const telegram = await virtualTelegram({ lookup: async () => ["127.0.0.1"] })
  const url = `https://bot.example.com:${(plain.address() as AddressInfo).port}/`
  await callApi(telegram, "setWebhook", { url })
  emitMessage(telegram)
  await telegram.advance(0)
  expect(telegram.deliveries[0]).toMatchObject({ outcome: "failed" })
  expect(telegram.webhookInfo().last_error_message).toMatch(/^SSL error \{error:[\dA-F]{8}:SSL routines:.*:.+\}$/)
})
