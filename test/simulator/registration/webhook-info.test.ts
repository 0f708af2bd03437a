import { expect, test } from "vitest"
import { receiverFor } from "../support/telegram.ts"
import { status } from "../support/receiver.ts"
import { said, startServer, START, URL_A } from "./server.ts"

test("without a webhook there are three fields (facts, 6.1)", async () => {
  const { callForText, message } = startServer()
  message()
  expect(await callForText("getWebhookInfo")).toBe(
    '{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":1}}',
  )
})

test("with one there are more, in Telegram's order, and never the secret (facts, 6.1)", async () => {
  const receiver = await receiverFor(() => status(500))
  const { call, callForText, clock, message } = startServer({ patience: 1000 })
  const url = receiver.url.replace("http://", "HTTP://me:p%40ss@")
  const allowed_updates = ["poll", "message"]
  await call("setWebhook", {
    url,
    secret_token: "hidden",
    max_connections: 5,
    ip_address: "127.0.0.1",
    allowed_updates,
  })
  message()
  await clock.advance(1000)
  expect(await callForText("getWebhookInfo")).toBe(
    `{"ok":true,"result":{"url":"${url}","has_custom_certificate":false,"pending_update_count":1,` +
      `"last_error_date":${START / 1000},"last_error_message":"Wrong response from the webhook: 500 Status",` +
      '"max_connections":5,"ip_address":"127.0.0.1","allowed_updates":["message","poll"]}}',
  )
})

test("a success does not clear the last error (facts, 3.7)", async () => {
  let code = 500
  const receiver = await receiverFor(() => status(code))
  const { call, clock, bot, message } = startServer({ patience: 1000 })
  await call("setWebhook", { url: receiver.url })
  message()
  await clock.advance(1000)
  code = 200
  message()
  await clock.until(() => bot.updates.size === 0 || undefined, 60_000)
  expect(bot.updates.size).toBe(0)
  expect(bot.registration.info().last_error_message).toBe("Wrong response from the webhook: 500 Status")
})

test("updates in flight are pending (facts, 6.1)", async () => {
  const receiver = await receiverFor(() => undefined)
  const { call, clock, bot, message } = startServer({ patience: 1000 })
  await call("setWebhook", { url: receiver.url })
  message()
  message(8)
  await clock.advance(10)
  expect(receiver.requests).toHaveLength(1)
  expect(bot.registration.info().pending_update_count).toBe(2)
})

test("a webhook is deleted, or was already (facts, 6.2)", async () => {
  const { call, callForText, bot } = startServer()
  expect(await callForText("deleteWebhook")).toBe(
    '{"ok":true,"result":true,"description":"Webhook is already deleted"}',
  )
  await call("setWebhook", { url: URL_A, max_connections: 3 })
  expect(await callForText("deleteWebhook")).toBe('{"ok":true,"result":true,"description":"Webhook was deleted"}')
  expect(bot.registration.info()).toEqual({ url: "", has_custom_certificate: false, pending_update_count: 0 })
})

test.each(["deleteWebhook", "setWebhook"])(
  "%s without a URL drops the updates if asked to (facts, 6.2)",
  async (method) => {
    const { call, bot, message } = startServer()
    await call("setWebhook", { url: URL_A })
    message()
    expect(said(await call(method))).toBe("Webhook was deleted")
    expect(bot.updates.size).toBe(1)
    expect(said(await call(method, { drop_pending_updates: "yes" }))).toBe("Webhook is already deleted")
    expect(bot.updates.size).toBe(0)
  },
)

test("what was in flight when it was deleted is cut, and left for getUpdates (facts, 6.2)", async () => {
  const receiver = await receiverFor(() => undefined)
  const { call, clock, message } = startServer({ patience: 1000 })
  await call("setWebhook", { url: receiver.url })
  const id = message()
  await clock.advance(10)
  expect(receiver.open.size).toBe(1)
  await call("deleteWebhook")
  await clock.until(() => receiver.open.size === 0 || undefined, 10)
  await expect.poll(() => receiver.open.size).toBe(0)
  expect(await call("getUpdates")).toMatchObject({ result: [{ update_id: id }] })
})
