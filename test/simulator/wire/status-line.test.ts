import { expect, test } from "vitest"
import { parse, parseAll } from "./parse.ts"

test("an answer without a body is complete with its head", () => {
  const answer = parse("HTTP/1.1 200 OK\r\nDate: today\r\nContent-Length: 0\r\n\r\n")
  expect(answer).toMatchObject({ status: 200, reason: "OK", keepAlive: true, retryAfter: 0 })
  expect(answer?.error).toBeUndefined()
  expect(answer?.header("date")).toBe("today")
  expect(answer?.parameters.texts.size).toBe(0)
})

test.each([
  ["HTTP/1.1 204 \r\n\r\n", undefined],
  ["HTTP/1.1 299 x\r\n\r\n", undefined],
  ["HTTP/1.1 199 x\r\n\r\n", "Wrong response from the webhook: 199 x"],
  ["HTTP/1.1 300 Multiple Choices\r\n\r\n", "Wrong response from the webhook: 300 Multiple Choices"],
  ["HTTP/1.1 500 \r\n\r\n", "Wrong response from the webhook: 500 "],
  ["HTTP/1.1 404 Não Há\r\n\r\n", "Wrong response from the webhook: 404 Não Há"],
  // The space after the code is missing: the first header is lost, and its value is the reason.
  ["HTTP/1.1 502\r\nVia: proxy\r\nAge: 1\r\n\r\n", "Wrong response from the webhook: 502 proxy"],
])("%j is recorded as %j (facts, 3.1 and 3.7)", (bytes, error) => {
  expect(parse(bytes)?.error).toBe(error)
})

test.each([
  ["HTTP/2 200 OK\r\n\r\n", "HTTP Version Not Supported"],
  ["HTTP/1.2 200 OK\r\n\r\n", "HTTP Version Not Supported"],
  ["http/1.1 200 OK\r\n\r\n", "Not Implemented"],
  ["hello\r\n\r\n", "Not Implemented"],
  ["\r\n\r\n", "Not Implemented"],
  ["PUT / HTTP/1.1\r\n\r\n", "Not Implemented"],
  ["HTTP/1.1 200\r\n\r\n", "Bad Request"],
  ["HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "Bad Request"],
  ["HTTP/1.1 200 OK\r\na: bare\rreturn\r\n\r\n", "Bad Request"],
  ["GET /\r\n\r\n", "Bad Request: wrong request line"],
  ["GET / HTTP/3\r\n\r\n", "HTTP Version Not Supported"],
])("%j fails with %j (facts, 3.1)", (bytes, error) => {
  expect(() => parse(bytes)).toThrow(expect.objectContaining({ name: "HttpError", message: error }))
})

test.each([
  "HTTP/1.1 200 OK\n\n",
  "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
  "HTTP/1.1 200 OK\r\n\n",
  "HTTP/1.1 200 OK",
])("%j never ends (facts, 3.1)", (bytes) => {
  expect(parse(bytes)).toBeUndefined()
})

test("an interim answer is the answer, and the real one that of the next update (facts, 3.1)", () => {
  const answers = parseAll("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
  expect(answers.map(({ status, error }) => [status, error])).toEqual([
    [103, "Wrong response from the webhook: 103 Early Hints"],
    [200, undefined],
  ])
})

test.each([
  ["HTTP/1.1", "", true],
  ["HTTP/1.0", "", false],
  ["HTTP/1.1", "Connection: CLOSE\r\n", false],
  ["HTTP/1.0", "Connection: Keep-Alive\r\n", true],
  ["HTTP/1.1", "Connection: keep-alive, close\r\n", true],
  ["HTTP/1.1", "Connection: close\r\nconnection: upgrade\r\n", true],
])("%s with %j: the connection is kept: %s (facts, 1.3)", (version, header, kept) => {
  expect(parse(`${version} 200 OK\r\n${header}\r\n`)?.keepAlive).toBe(kept)
})

test.each([
  ["120", 120],
  ["0", 0],
  ["3600", 3600],
  ["3601", 3600],
  ["2147483647", 3600],
  // Beyond 32 bits it is no number to Telegram.
  ["2147483648", 0],
  ["-5", 0],
  ["1.5", 0],
  ["+5", 0],
  ["05", 0],
  ["5 s", 0],
  ["Wed, 21 Oct 2026 07:28:00 GMT", 0],
  ["", 0],
  ["7\r\nRetry-After: 9", 7],
])("Retry-After: %s means %i s (facts, 3.3)", (value, seconds) => {
  expect(parse(`HTTP/1.1 500 x\r\nRetry-After: ${value}\r\n\r\n`)?.retryAfter).toBe(seconds)
})

test("names have any case, values are trimmed, and lines may be folded", () => {
  const answer = parse("HTTP/1.1 200 OK\r\nRETRY-after:\t 5 \r\nX-Long: one\r\n two\r\n\tthree\r\n\r\n")
  expect(answer?.retryAfter).toBe(5)
  expect(answer?.header("x-long")).toBe("one\r\n two\r\n\tthree")
})

test("a line without a colon swallows the next one", () => {
  const answer = parse("HTTP/1.1 200 OK\r\nbroken\r\nContent-Length: 5\r\nAge: 1\r\n\r\n")
  expect(answer?.header("content-length")).toBeUndefined()
  expect(answer?.header("age")).toBe("1")
})

test("a head may have 262144 bytes (facts, 3.1)", () => {
  const line = "HTTP/1.1 200 OK\r\nX: "
  const fits = `${line}${"x".repeat(262_144 - line.length)}`
  expect(parse(`${fits}\r\n\r\n`)?.status).toBe(200)
  const error = "Request Header Fields Too Large: total headers size exceeded"
  expect(() => parse(`${fits}x\r\n\r\n`)).toThrow(error)
  expect(() => parse(`${fits}xxxx`)).toThrow(error)
})

test("what parses as a request is recorded as a dump (facts, 3.7)", () => {
  const answer = parse("POST /a%20b?x=1&y=a+b#z HTTP/1.1\r\nHost: example.com\r\nContent-Length: 0\r\n\r\n")
  expect(answer).toMatchObject({ status: 0, keepAlive: false })
  expect(answer?.error).toBe(
    "Wrong response from the webhook: POST:/a b:[x:1]:[y:a b#z]:keep-alive\nhost=example.com\ncontent-length=0\n" +
      "BEGIN CONTENT\nEND CONTENT\n",
  )
})

test("a request's target may have spaces, and a fragment that hides the query", () => {
  expect(parse("GET /a b#c?d=e HTTP/1.0\r\n\r\n")?.error).toBe(
    "Wrong response from the webhook: GET:/a b\nBEGIN CONTENT\nEND CONTENT\n",
  )
})

test("on an error a bare status is written back (facts, 3.1)", () => {
  const answerTo = (bytes: string): unknown => {
    try {
      return parse(bytes)
    } catch (error) {
      return (error as { answer: string }).answer
    }
  }
  expect(answerTo("hello\r\n\r\n")).toBe("HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n")
  expect(answerTo("HTTP/2 200 OK\r\n\r\n")).toBe("HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Length: 0\r\n\r\n")
})
