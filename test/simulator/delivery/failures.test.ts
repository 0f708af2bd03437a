import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { type Answer, OK, status } from "../support/receiver.ts"
import { deliveringTo, emit, emitMessage, receiverFor, setWebhook, virtualTelegram } from "../support/telegram.ts"

const latin1 = (buffer: Buffer) => buffer.toString("latin1")
const gzipped = latin1(gzipSync("{}"))

/** What a receiver answers, and what Telegram makes of it. */
const answers: readonly [what: string, answer: string, error: string | undefined][] = [
  ["200", OK, undefined],
  ["204 without a length", "HTTP/1.1 204 No Content\r\n\r\n", undefined],
  ["299", status(299), undefined],
  ["a chunked body", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", undefined],
  ["a body of any type", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok", undefined],
  [
    "gzip",
    `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${gzipped.length}\r\n\r\n${gzipped}`,
    undefined,
  ],
  [
    "a redirect",
    "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
    "Wrong response from the webhook: 302 Found",
  ],
  ["404", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "Wrong response from the webhook: 404 Not Found"],
  ["no reason", "HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n", "Wrong response from the webhook: 500 "],
  ["103 Early Hints", "HTTP/1.1 103 Early Hints\r\n\r\n", "Wrong response from the webhook: 103 Early Hints"],
  ["HTTP/2.0", "HTTP/2.0 200 OK\r\n\r\n", "HTTP Version Not Supported"],
  [
    "brotli",
    "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nok",
    "Unsupported Media Type: unsupported content-encoding",
  ],
  [
    "more than 1 MiB of JSON",
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1048577\r\n\r\n${" ".repeat(1_048_577)}`,
    "Request Entity Too Large: too many parameters",
  ],
]

test.each(answers)("%s (facts, 3.1 and 3.7)", async (_what, answer, error) => {
  const { telegram } = await deliveringTo(() => answer)
  emitMessage(telegram)
  await telegram.advance(0)
  const [first] = telegram.deliveries
  if (error === undefined) {
    expect(first).toMatchObject({ outcome: "delivered" })
    expect(telegram.webhookInfo()).not.toHaveProperty("last_error_message")
  } else {
    expect(first).toMatchObject({ outcome: "failed" })
    expect(first?.error).toContain(error)
    expect(telegram.webhookInfo().last_error_message).toContain(error)
  }
})

test("the answer behind an interim one is taken for that of the next update (facts, 3.1)", async () => {
  let answered = 0
  const { telegram, receiver } = await deliveringTo(() =>
    answered++ === 0 ? `HTTP/1.1 103 Early Hints\r\n\r\n${OK}` : undefined,
  )
  emitMessage(telegram, 7)
  await telegram.advance(0)
  // The retry was confirmed by what stood in the buffer, although the receiver has not answered it.
  await expect.poll(() => telegram.deliveries.map(({ outcome }) => outcome)).toEqual(["failed", "delivered"])
  expect(receiver.requests).toHaveLength(2)
})

test("60 s for all of it, however much has come by then; then it is sent again at once (facts, 3.5)", async () => {
  const { telegram, since } = await deliveringTo(({ socket }) => {
    for (let second = 5; second < 60; second += 5) void telegram.sleep(second * 1000).then(() => socket.write("H"))
    return undefined
  })
  emitMessage(telegram)
  await telegram.advance(59_999)
  expect(telegram.deliveries).toMatchObject([{ outcome: "under way" }])
  await telegram.advance(1)
  expect(telegram.deliveries).toMatchObject([{ outcome: "failed", error: "Read timeout expired" }, { attempt: 2 }])
  expect(since(telegram.deliveries[1]!.startedAt)).toBe(60)
  expect(telegram.webhookInfo().last_error_message).toBe("Read timeout expired")
})

test("a handler that needs 65 s runs again and again (facts, 3.5)", async () => {
  const { telegram, receiver } = await deliveringTo(async () => {
    await telegram.sleep(65_000)
    return OK
  })
  emitMessage(telegram)
  await telegram.advance(600_000)
  expect(receiver.requests.length).toBeGreaterThanOrEqual(5)
  expect(telegram.webhookInfo().pending_update_count).toBe(1)
})

test("60 s with unsent bytes have another name (facts, 3.7)", async () => {
  // It speaks no TLS: the request waits for a handshake that never ends.
  const receiver = await receiverFor(() => undefined)
  const telegram = await virtualTelegram({ patience: 20 })
  await setWebhook(telegram, { url: receiver.url.replace("http:", "https:") })
  emitMessage(telegram)
  await telegram.advance(60_000)
  expect(telegram.webhookInfo().last_error_message).toBe("Write timeout expired")
})

test("an answer that breaks a rule is answered with a bare status, and its connection is dropped (facts, 3.1)", async () => {
  const heard: string[] = []
  const { telegram, receiver } = await deliveringTo(({ socket }) => {
    socket.on("data", (chunk) => heard.push(chunk.toString()))
    receiver.answer = () => OK
    return "HTTP/2 200 OK\r\n\r\n"
  })
  emitMessage(telegram)
  await telegram.settled()
  await expect.poll(() => heard.join("")).toBe("HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Length: 0\r\n\r\n")
  const updates = receiver.requests.filter(({ head }) => head.startsWith("POST"))
  expect(updates.map(({ connection }) => connection)).toEqual([1, 2])
})

test("what came while nothing was asked is taken for the answer to the next request (facts, 3.1)", async () => {
  const { telegram, receiver } = await deliveringTo(() => undefined)
  await expect.poll(() => receiver.open.size).toBe(1)
  for (const socket of receiver.open) for (const part of ["HTTP/1.1 200 O", "K\r\n\r\n"]) socket.write(part)
  // Until the bytes are there, which nobody tells of.
  await new Promise((resolve) => setTimeout(resolve, 50))
  emitMessage(telegram)
  await telegram.settled()
  expect(telegram.deliveries).toMatchObject([{ outcome: "delivered", status: 200 }])
})

test("an orderly close before the answer fails the attempt, and nothing is recorded (facts, 3.7)", async () => {
  const { telegram } = await deliveringTo(({ socket }) => void socket.end())
  emitMessage(telegram)
  await telegram.advance(0)
  expect(telegram.deliveries[0]).toMatchObject({ outcome: "failed" })
  expect(telegram.webhookInfo()).not.toHaveProperty("last_error_message")
})

test("a reset is recorded by the system's words (facts, 3.7)", async () => {
  const { telegram } = await deliveringTo(({ socket }) => void socket.resetAndDestroy())
  emitMessage(telegram)
  await telegram.advance(0)
  expect(telegram.webhookInfo().last_error_message).toBe("Connection reset by peer")
})

test("a success does not clear the last error, and neither does the same webhook set again; another one does (facts, 3.7)", async () => {
  let answer: string = status(500)
  const { telegram, receiver } = await deliveringTo(() => answer)
  emitMessage(telegram)
  await telegram.advance(1000)
  answer = OK
  await telegram.settled()
  expect(telegram.webhookInfo().last_error_message).toBe("Wrong response from the webhook: 500 Status")
  await setWebhook(telegram, { url: receiver.url })
  expect(telegram.webhookInfo().last_error_message).toBe("Wrong response from the webhook: 500 Status")
  await telegram.advance(1000)
  await setWebhook(telegram, { url: `${receiver.url}/other` })
  expect(telegram.webhookInfo()).not.toHaveProperty("last_error_message")
})

test("410 for more than 23 h removes the webhook; the updates stay (facts, 3.6)", async () => {
  const { telegram } = await deliveringTo(() => status(410))
  emitMessage(telegram)
  await telegram.advance(22.9 * 3_600_000)
  expect(telegram.webhookInfo().url).not.toBe("")
  await telegram.advance(0.2 * 3_600_000)
  expect(telegram.webhookInfo()).toMatchObject({ url: "", pending_update_count: 1 })
  expect(telegram.webhookInfo()).not.toHaveProperty("last_error_message")
})

const interruptions: readonly [what: string, answer: Answer, removed: boolean][] = [
  ["another status starts the clock anew", () => status(500), false],
  ["a connection that fails does not", ({ socket }) => void socket.destroy(), true],
]

test.each(interruptions)("of the 23 h of 410: %s (facts, 3.6)", async (_what, interruption, removed) => {
  const { telegram, receiver } = await deliveringTo(() => status(410))
  emitMessage(telegram)
  await telegram.advance(12 * 3_600_000)
  receiver.answer = interruption
  await telegram.advance(600_000)
  receiver.answer = () => status(410)
  // A second update, for the first one does not live that long.
  emitMessage(telegram, 8)
  await telegram.advance(11.1 * 3_600_000)
  expect(telegram.webhookInfo().url === "").toBe(removed)
})

const replies: readonly [what: string, answer: string, called: string | undefined][] = [
  ["JSON", body("application/json", '{"method":"sendMessage","chat_id":7,"text":"hi"}'), "sendMessage"],
  [
    "a form",
    body("application/x-www-form-urlencoded", "method=sendChatAction&chat_id=7&action=typing"),
    "sendChatAction",
  ],
  [
    "multipart",
    body(
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="method"\r\n\r\nleaveChat\r\n--b--\r\n',
    ),
    "leaveChat",
  ],
  ["a cut JSON", body("application/json", '{"method":"sendMessage","chat_id":7,"text":"a"'), "sendMessage"],
  ["any case", body("application/json", '{"method":"SENDMESSAGE","chat_id":7,"text":"hi"}'), "sendMessage"],
  ["setWebhook", body("application/json", '{"method":"setWebhook","url":""}'), undefined],
  ["deleteWebhook", body("application/json", '{"method":"deleteWebhook"}'), undefined],
  ["close", body("application/json", '{"method":"close"}'), undefined],
  ["logOut", body("application/json", '{"method":"logOut"}'), undefined],
  ["getMe", body("application/json", '{"method":"getMe"}'), undefined],
  ["no method", body("application/json", '{"chat_id":7}'), undefined],
  ["text/plain", body("text/plain", '{"method":"sendMessage","chat_id":7,"text":"hi"}'), undefined],
  ["text/json", body("text/json", '{"method":"sendMessage","chat_id":7,"text":"hi"}'), undefined],
]

test.each(replies)("a method in the answer: %s (facts, 4)", async (_what, answer, called) => {
  const { telegram } = await deliveringTo(() => answer)
  emitMessage(telegram)
  await telegram.settled()
  await telegram.advance(0)
  const replied = telegram.calls.filter(({ via }) => via === "webhook reply")
  expect(replied.map(({ method }) => method)).toEqual(called === undefined ? [] : [called])
  expect(telegram.deliveries).toMatchObject([{ outcome: "delivered" }])
})

test("an answer that is no success calls nothing (facts, 4)", async () => {
  const { telegram } = await deliveringTo(() =>
    body("application/json", '{"method":"sendMessage","chat_id":7,"text":"hi"}').replace("200 OK", "500 No"),
  )
  emit(telegram, "inline_query", { id: "1", from: { id: 7 } })
  await telegram.settled()
  expect(telegram.calls.filter(({ via }) => via === "webhook reply")).toEqual([])
})

function body(type: string, text: string): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${text.length}\r\n\r\n${text}`
}
