import { expect, test } from "vitest"
import { selfSigned } from "../../support/certificates.ts"
import { callApi } from "../support/post.ts"
import { virtualTelegram } from "../support/telegram.ts"
import { URL_A } from "./server.ts"

test("null in a JSON request sets the secret to null (facts, 5.1)", async () => {
  const telegram = await virtualTelegram()
  expect(await callApi(telegram, "setWebhook", { url: URL_A, secret_token: null })).toMatchObject({ ok: true })
  await telegram.advance(1000)
  expect(await callApi(telegram, "setWebhook", { url: URL_A, secret_token: "null" })).toEqual({
    ok: true,
    result: true,
    description: "Webhook is already set",
  })
})

test("too many webhooks a second are told when to come back, in the header too (facts, 5.4 and 8.3)", async () => {
  const telegram = await virtualTelegram()
  const set = () => fetch(`${telegram.url}/bot${telegram.token}/setWebhook?url=${URL_A}`)
  expect((await set()).status).toBe(200)
  const second = await set()
  expect(second.status).toBe(429)
  expect(second.headers.get("Retry-After")).toBe("1")
})

test("a certificate is uploaded as a part of a form (facts, 5.1)", async () => {
  const telegram = await virtualTelegram()
  const body = new FormData()
  body.set("url", "https://127.0.0.1:9/")
  body.set("certificate", new File([selfSigned("127.0.0.1").cert], "cert.pem"))
  const response = await fetch(`${telegram.url}/bot${telegram.token}/setWebhook`, { method: "POST", body })
  expect(await response.json()).toEqual({ ok: true, result: true, description: "Webhook was set" })
  expect(telegram.webhookInfo()).toMatchObject({ has_custom_certificate: true })
})

test("a bot that closed itself is loaded by its next call over HTTP (facts, 8.6)", async () => {
  const telegram = await virtualTelegram()
  expect(await callApi(telegram, "close")).toEqual({ ok: true, result: true })
  expect(await callApi(telegram, "close")).toMatchObject({ error_code: 400 })
  expect(await callApi(telegram, "getWebhookInfo")).toMatchObject({ ok: true })
  expect(await callApi(telegram, "logOut")).toEqual({ ok: true, result: true })
  expect(await callApi(telegram, "getMe")).toEqual({ ok: false, error_code: 400, description: "Logged out" })
})
