import { expect, test } from "vitest"
import { simulated } from "../api/server.ts"

const url = "http://127.0.0.1:9/telegram"

test("deleteWebhook keeps what waits", async () => {
  const { telegram, api } = await simulated()
  await api.setWebhook({ url })
  await telegram.user("Ana").send("Hola")
  expect(await api.deleteWebhook()).toBe(true)
  expect(await api.getWebhookInfo()).toEqual({ url: "", has_custom_certificate: false, pending_update_count: 1 })
  expect(await api.getUpdates()).toMatchObject([{ message: { text: "Hola" } }])
})

test("deleteWebhook with drop_pending_updates throws away what waits", async () => {
  const { telegram, api } = await simulated()
  await api.setWebhook({ url })
  await telegram.user("Ana").send("Hola")
  expect(await api.deleteWebhook({ drop_pending_updates: true })).toBe(true)
  expect(await api.getWebhookInfo()).toMatchObject({ url: "", pending_update_count: 0 })
  expect(await api.getUpdates()).toEqual([])
})

test("deleteWebhook when there is none is no error", async () => {
  const { api } = await simulated()
  expect(await api.deleteWebhook()).toBe(true)
})

test("setWebhook with an empty url deletes the webhook, too", async () => {
  const { api } = await simulated()
  await api.setWebhook({ url })
  expect(await api.setWebhook({ url: "" })).toBe(true)
  expect((await api.getWebhookInfo()).url).toBe("")
})
