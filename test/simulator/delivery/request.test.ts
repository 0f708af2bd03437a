import { expect, test } from "vitest"
import { updateOf } from "../support/receiver.ts"
import { deliveringTo, emit, emitMessage, setWebhook } from "../support/telegram.ts"

test("a delivery is on the wire as Telegram writes it, to the byte (facts, 1.1 and 1.2)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined, { secret_token: "s3cret" })
  const updateId = emitMessage(telegram, 7, 'Ñandú 😀 </b> "\u0001\t')
  await telegram.settled()
  const [{ head, body } = expect.fail("nothing came")] = receiver.requests
  expect(body).toBe(
    `{"update_id":${updateId},\n"message":{"message_id":1,"from":{"id":7,"is_bot":false,"first_name":"Ana"},` +
      `"chat":{"id":7,"type":"private","first_name":"Ana"},"date":1767225600,` +
      `"text":"\\u00d1and\\u00fa \\ud83d\\ude00 </b> \\"\\u0001\\t"}}`,
  )
  expect(head).toBe(
    [
      "POST /hook HTTP/1.1",
      `Host: 127.0.0.1:${receiver.port}`,
      "X-Telegram-Bot-Api-Secret-Token: s3cret",
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      "Connection: keep-alive",
      "Accept-Encoding: gzip, deflate",
      "\r\n",
    ].join("\r\n"),
  )
})

test("without a secret there is no header for it; user-info becomes an Authorization header (facts, 1.1)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  await setWebhookAgain(telegram, `http://us%20er:pa:ss@127.0.0.1:${receiver.port}/hook`)
  emitMessage(telegram)
  await telegram.settled()
  const { head } = receiver.requests[0]!
  expect(head).not.toContain("Secret-Token")
  expect(head.split("\r\n")[2]).toBe(`Authorization: Basic ${Buffer.from("us%20er:pa:ss").toString("base64")}`)
})

const targets: readonly [after: string, target: string][] = [
  ["", "/"],
  ["/", "/"],
  ["?x=1", "/?x=1"],
  ["#part", "/#part"],
  ["/a/b?c=d&e#f", "/a/b?c=d&e#f"],
  ["/with space\u0001and%20more", "/with%20space%01and%20more"],
  ["/end \n ", "/end"],
  ["/ñ", "/Ã±"],
]

test.each(targets)("the request target of a URL that goes on with %j is %j (facts, 1.1)", async (after, target) => {
  const { telegram, receiver } = await deliveringTo(undefined)
  await setWebhookAgain(telegram, `127.0.0.1:${receiver.port}${after}`.replace(/^/, "HTTP://"))
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests[0]?.head.split("\r\n")[0]).toBe(`POST ${target} HTTP/1.1`)
})

test("content that is not valid UTF-8 arrives as it is (facts, 1.2)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  telegram.bot.emit("callback_query", '{"id":"1","from":{"id":7},"data":"\u00ff\u00fe"}')
  await telegram.settled()
  expect(receiver.requests[0]?.body).toContain('"data":"\u00ff\u00fe"}')
})

test("a head of 4065 bytes is sent (facts, 1.1)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  emitMessage(telegram)
  await telegram.settled()
  const room = 4065 - receiver.requests[0]!.head.length - "/".length
  await setWebhookAgain(telegram, `${receiver.url}/${"x".repeat(room)}`)
  emitMessage(telegram)
  await telegram.settled()
  expect(receiver.requests[1]?.head).toHaveLength(4065)
  await setWebhookAgain(telegram, `${receiver.url}/${"x".repeat(room + 1)}`)
  emitMessage(telegram)
  await telegram.advance(60_000)
  expect(receiver.requests).toHaveLength(2)
})

test("a head that is too long is not sent, and its queue is stuck, without an error (facts, 1.1)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  await setWebhookAgain(telegram, `${receiver.url}/${"x".repeat(4000)}`)
  emitMessage(telegram, 7)
  emitMessage(telegram, 7, "behind it")
  await telegram.advance(3_600_000)
  expect(receiver.requests).toEqual([])
  expect(telegram.webhookInfo()).toMatchObject({ pending_update_count: 2 })
  expect(telegram.webhookInfo()).not.toHaveProperty("last_error_message")
  await setWebhookAgain(telegram, receiver.url)
  await telegram.settled()
  expect(receiver.requests).toHaveLength(2)
})

test("an update of 524 288 bytes is delivered, a larger one is never stored (facts, 1.2 and 7.4)", async () => {
  const { telegram, receiver } = await deliveringTo(undefined)
  const content = (length: number) => ({ id: "x".repeat(length - '"custom_event":{"id":""}'.length) })
  emit(telegram, "custom_event", content(524_288))
  expect(telegram.bot.emit("custom_event", content(524_289))).toBeUndefined()
  await telegram.settled()
  expect(receiver.requests.map((request) => updateOf(request).custom_event?.id)).toEqual([content(524_288).id])
})

async function setWebhookAgain(telegram: Parameters<typeof setWebhook>[0], url: string): Promise<void> {
  await telegram.advance(1000)
  await setWebhook(telegram, { url })
}
