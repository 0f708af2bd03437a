import { createApi } from "@hookgram/api"
import { expect, test } from "vitest"
import { rejection, simulated } from "../api/server.ts"

test("getUpdates by hand: an offset one above the last update_id confirms it; limit, timeout and allowed_updates", async () => {
  const { telegram, api } = await simulated()
  const ana = telegram.user("Ana")
  for (const text of ["1", "2", "3"]) await ana.send(text)
  const first = await api.getUpdates({ limit: 2 })
  expect(first.map(({ message }) => message?.text)).toEqual(["1", "2"])
  const offset = first.at(-1)!.update_id + 1
  expect(await api.getUpdates({ offset, allowed_updates: ["edited_message"] })).toMatchObject([{ update_id: offset }])
  const waiting = api.getUpdates({ offset: offset + 1, timeout: 30 })
  await telegram.until(() => telegram.calls.length === 3)
  const edited = await ana.edit(await ana.send("not asked for"), "asked for")
  expect(await waiting).toMatchObject([{ edited_message: { text: edited.text } }])
})

test("getUpdates while a webhook is set is refused with 409; after deleteWebhook it works", async () => {
  const { telegram, api } = await simulated()
  await api.setWebhook({ url: "http://127.0.0.1:9/" })
  await telegram.user("Ana").send("Hola")
  expect(await rejection(api.getUpdates())).toMatchObject({ errorCode: 409, description: /webhook is active/ })
  await api.deleteWebhook()
  expect(await api.getUpdates()).toHaveLength(1)
})

test("to another Bot API server: logOut at the one, baseUrl of the other", async () => {
  const { telegram: hosted, api } = await simulated()
  const { telegram: own } = await simulated()
  expect(await api.logOut()).toBe(true)
  expect(await rejection(api.getMe())).toMatchObject({ errorCode: 400, description: "Logged out" })
  const moved = createApi(hosted.token, { baseUrl: own.url })
  expect(await moved.setWebhook({ url: "http://127.0.0.1:9/" })).toBe(true)
  expect((await moved.getWebhookInfo()).url).toBe("http://127.0.0.1:9/")
})

test("the test environment has webhooks of its own", async () => {
  const { telegram, api } = await simulated()
  const testing = createApi(telegram.token, { baseUrl: telegram.url, test: true })
  await testing.setWebhook({ url: "http://127.0.0.1:9/" })
  expect((await testing.getWebhookInfo()).url).toBe("http://127.0.0.1:9/")
  expect((await api.getWebhookInfo()).url).toBe("")
})
