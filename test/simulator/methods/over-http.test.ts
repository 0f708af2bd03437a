import type { Message } from "@grammyjs/types"
import { startSimulator } from "@hookgram/simulator"
import { expect, onTestFinished, test } from "vitest"
import { callApi } from "../support/post.ts"

async function started() {
  const telegram = await startSimulator({ clock: "virtual", seed: 7 })
  onTestFinished(() => telegram.close())
  return telegram
}

test("a conversation over HTTP: what the bot sends, edits and deletes is what the person sees", async () => {
  const telegram = await started()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const sent = await callApi(telegram, "sendMessage", { chat_id: ana.id, text: "One moment" })
  expect(sent).toMatchObject({ ok: true, result: { chat: { id: ana.id }, text: "One moment" } })
  const { message_id } = sent.result as Message
  await callApi(telegram, "editMessageText", { chat_id: ana.id, message_id, text: "Done" })
  expect(ana.messages.map(({ text }) => text)).toEqual(["Hola", "Done"])
  await callApi(telegram, "deleteMessage", { chat_id: ana.id, message_id })
  expect(ana.messages.map(({ text }) => text)).toEqual(["Hola"])
})

test("an upload arrives, and can be downloaded by what getFile tells", async () => {
  const telegram = await started()
  const ana = telegram.user("Ana")
  await ana.send("Hola")
  const form = new FormData()
  form.set("chat_id", String(ana.id))
  form.set("caption", "for you")
  form.set("document", new Blob(["the plan"], { type: "text/plain" }), "plan.txt")
  const response = await fetch(`${telegram.url}/bot${telegram.token}/sendDocument`, { method: "POST", body: form })
  const { result } = (await response.json()) as { result: Message }
  expect(result).toMatchObject({ caption: "for you", document: { file_name: "plan.txt", mime_type: "text/plain" } })
  const file = await callApi(telegram, "getFile", { file_id: result.document?.file_id })
  const { file_path } = file.result as { file_path: string }
  const download = await fetch(`${telegram.url}/file/bot${telegram.token}/${file_path}`)
  expect(await download.text()).toBe("the plan")
})

test("an error is told in the envelope", async () => {
  const telegram = await started()
  expect(await callApi(telegram, "sendMessage", { chat_id: 1, text: "x" })).toEqual({
    ok: false,
    error_code: 400,
    description: "Bad Request: chat not found",
  })
})
