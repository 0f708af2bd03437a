/*
 * What tutorials have people type: into a shell, or into the address bar of a browser. The updates have the shapes of the
 * samples in "Marvin's Marvellous Guide to All Things Webhook" (core.telegram.org/bots/webhooks#testing-your-bot-with-updates).
 */
import { expect, test } from "vitest"
import { simulated } from "../api/server.ts"
import { selfSigned } from "../support/certificates.ts"
import { secretToken, served } from "./served.ts"
import { describeWithCurl, Shell } from "./shell.ts"

const ana = { id: 1111111, first_name: "Ana", last_name: "Lopez", username: "ana" }
const message = { message_id: 1365, date: 1441645532, from: ana, chat: { ...ana, type: "private" } }
const file = { file_id: "AwADBAADbXXXXXXXXXXXGBdhD2l6_XX", file_size: 23000 }

/** None of them has all that Telegram sends: there is no `is_bot`, an id is a number where it should be a text. */
const samples: Readonly<Record<string, object>> = {
  "a text, in a chat without a type": { message: { ...message, chat: ana, text: "/start" } },
  "a text": { message: { ...message, text: "/start" } },
  "a forwarded message": { message: { ...message, forward_from: ana, forward_date: 1441645550, text: "/start" } },
  "a forwarded channel message": {
    message: { ...message, forward_from: { id: -10000000000, type: "channel", title: "News" }, text: "/start" },
  },
  "a reply": { message: { ...message, text: "/start", reply_to_message: { ...message, text: "Original" } } },
  "an edited message": { edited_message: { ...message, text: "Edited", edit_date: 1441646600 } },
  "a text with entities": { message: { ...message, text: "Bold", entities: [{ type: "bold", offset: 0, length: 4 }] } },
  "an audio": { message: { ...message, audio: { ...file, duration: 243, title: "Music", mime_type: "audio/mpeg" } } },
  "a voice message": { message: { ...message, voice: { ...file, duration: 5, mime_type: "audio/ogg" } } },
  "a document": { message: { ...message, document: { ...file, file_name: "Test.pdf", mime_type: "application/pdf" } } },
  "an inline query": { inline_query: { id: 134567890097, from: ana, query: "inline query", offset: "" } },
  "a chosen inline result": {
    chosen_inline_result: { result_id: "12", from: ana, query: "q", inline_message_id: "1" },
  },
  "a callback query": { callback_query: { id: "4382bfdwdsb323b2d9", from: ana, data: "D", inline_message_id: "1" } },
}

const post = `curl --tlsv1.2 -sS -o /dev/null -w '%{http_code}' -k -X POST -H "Content-Type: application/json" -H "Cache-Control: no-cache"`

describeWithCurl("an update posted by curl", () => {
  test.each(Object.entries(samples))("is handled: %s", async (_, content) => {
    const update = { update_id: 10000, ...content }
    const { port, handled } = await served({ tls: selfSigned("127.0.0.1") })
    const command = `${post} -H "X-Telegram-Bot-Api-Secret-Token: ${secretToken}" -d '${JSON.stringify(update)}'`
    expect(await new Shell().run(`${command} "https://127.0.0.1:${port}/telegram"`)).toBe("200")
    expect(handled).toEqual([update])
  })

  test("is refused without the secret", async () => {
    const { port, handled } = await served({ tls: selfSigned("127.0.0.1") })
    const command = `${post} -d '{"update_id":10000}' "https://127.0.0.1:${port}/telegram"`
    expect(await new Shell().run(command)).toBe("401")
    expect(handled).toEqual([])
  })
})

describeWithCurl("a browser's address bar, or curl, as the Bot API", () => {
  test("sets, inspects and deletes the webhook of a server that runs", async () => {
    const { telegram } = await simulated()
    const { server, handled } = await served()
    const call = async (method: string) => {
      const text = await new Shell().run(`curl -sS "${telegram.url}/bot${telegram.token}/${method}"`)
      return (JSON.parse(text) as { result: unknown }).result
    }
    expect(await call(`setWebhook?url=${encodeURIComponent(server.url)}&secret_token=${secretToken}`)).toBe(true)
    expect(await call("getWebhookInfo")).toMatchObject({ url: server.url, pending_update_count: 0 })
    await telegram.user("Ana").send("Hola")
    await telegram.settled(10_000)
    expect(handled).toHaveLength(1)
    expect(await call("deleteWebhook")).toBe(true)
    expect(await call("getWebhookInfo")).toMatchObject({ url: "" })
  })

  test("clears it with an empty url, in a form", async () => {
    const { telegram, api } = await simulated()
    await api.setWebhook({ url: "http://127.0.0.1:9/" })
    const command = `curl -sS -F "url=" ${telegram.url}/bot${telegram.token}/setWebhook`
    expect(JSON.parse(await new Shell().run(command))).toMatchObject({ ok: true, result: true })
    expect((await api.getWebhookInfo()).url).toBe("")
  })
})
