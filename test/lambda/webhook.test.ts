import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { createWebhook, HookgramError, type WebhookEvent } from "@hookgram/core"
import { type LambdaEvent, telegramWebhook } from "@hookgram/lambda"
import { afterEach, describe, expect, test, vi } from "vitest"
import { secretToken } from "../support/application.ts"
import { lambdaEvent, type LambdaShape, minute } from "../support/lambda-server.ts"

afterEach(() => {
  vi.useRealTimers()
})

const shapes: readonly LambdaShape[] = ["api-gateway-v1", "api-gateway-v2", "function-url", "alb", "alb-multi-value"]

describe.each(shapes)("an event of %s", (shape) => {
  const event = lambdaEvent(shape)

  test("is handled, once, and answered with the webhook reply in the form that its sender reads", async () => {
    const handler = telegramWebhook({
      path: "/telegram",
      secretToken,
      handler: ({ update_id }) => ({ method: "sendMessage", chat_id: update_id, text: "Да" }),
    })
    const body = '{"method":"sendMessage","chat_id":7,"text":"\\u0414\\u0430"}'
    const headers = { "content-type": "application/json", "content-length": String(body.length) }
    const multiValueHeaders = { "content-type": ["application/json"], "content-length": [String(body.length)] }
    const form = shape === "alb-multi-value" ? { multiValueHeaders } : { headers }
    expect(await handler(event, minute)).toEqual({ statusCode: 200, body, isBase64Encoded: false, ...form })
    expect(await handler(event, minute)).toMatchObject({ statusCode: 200, body: "" })
  })

  test("is refused with a wrong secret, and with none", async () => {
    const handler = telegramWebhook({ secretToken: "another", handler: () => expect.unreachable() })
    expect(await handler(event, minute)).toMatchObject({ statusCode: 401, body: "" })
    expect(await handler({ ...event, headers: {}, multiValueHeaders: {} }, minute)).toMatchObject({ statusCode: 401 })
  })

  test("says who the peer is, and not who that claims to be", async () => {
    const make = (...allowedAddresses: string[]) =>
      telegramWebhook({ secretToken, allowedAddresses, handler: () => {} })
    expect(await make("149.154.160.0/20")(event, minute)).toMatchObject({ statusCode: 200 })
    expect(await make("203.0.113.0/24")(event, minute)).toMatchObject({ statusCode: 403 })
  })

  test("gets 404 for another path", async () => {
    const handler = telegramWebhook({ path: "/other", secretToken, handler: () => expect.unreachable() })
    expect(await handler(event, minute)).toMatchObject({ statusCode: 404, body: "" })
  })

  test("may spell its headers in any case", async () => {
    const handler = telegramWebhook({ secretToken, handler: () => {} })
    const upper = <T>(headers: T): T =>
      headers && (Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value])) as T)
    const shouted = { ...event, headers: upper(event.headers), multiValueHeaders: upper(event.multiValueHeaders) }
    expect(await handler(shouted, minute)).toMatchObject({ statusCode: 200 })
  })
})

const plain = lambdaEvent("api-gateway-v2")

test("several values of one header are all looked at, where they are all told", async () => {
  const event = lambdaEvent("api-gateway-v1")
  const values = { ...event.multiValueHeaders, "X-Telegram-Bot-Api-Secret-Token": ["wrong", secretToken] }
  const handler = telegramWebhook({ secretToken, handler: () => expect.unreachable() })
  expect(await handler({ ...event, multiValueHeaders: values }, minute)).toMatchObject({ statusCode: 401 })
})

describe("a body", () => {
  const make = (bodyLimit?: number) => {
    const handled: unknown[] = []
    return { handled, handler: telegramWebhook({ secretToken, bodyLimit, handler: (update) => handled.push(update) }) }
  }

  test("in base64 is decoded: its bytes, and not its characters, are what is written in JSON (facts, 1.2)", async () => {
    const { handled, handler } = make()
    const body = Buffer.concat([Buffer.from('{"update_id":7,"x":"Лол😂'), Buffer.from([0xff]), Buffer.from('"}')])
    await handler({ ...plain, body: body.toString("base64"), isBase64Encoded: true }, minute)
    expect(handled).toEqual([{ update_id: 7, x: "Лол😂\uFFFD" }])
  })

  test.each([true, false])("is held to the limit in bytes (base64: %s)", async (isBase64Encoded) => {
    const text = '{"update_id":7,"x":"Лол"}'
    const body = isBase64Encoded ? Buffer.from(text).toString("base64") : text
    const headers = { ...plain.headers, "content-length": undefined }
    const length = Buffer.byteLength(text)
    expect(await make(length).handler({ ...plain, headers, body, isBase64Encoded }, minute)).toMatchObject({
      statusCode: 200,
    })
    expect(await make(length - 1).handler({ ...plain, headers, body, isBase64Encoded }, minute)).toMatchObject({
      statusCode: 413,
    })
  })

  test.each([null, undefined, "", "{"])("that is %j is no update", async (body) => {
    expect(await make().handler({ ...plain, body }, minute)).toMatchObject({ statusCode: 400 })
  })
})

describe("the function", () => {
  test("is asynchronous and has two parameters: Lambda's Node 24 refuses one for a callback", () => {
    const handler = telegramWebhook({ secretToken, handler: () => {} })
    expect([handler.length, handler.constructor.name]).toEqual([2, "AsyncFunction"])
  })

  test("refuses wrong options, all at once and by name", () => {
    const make = (): unknown => telegramWebhook({ path: "telegram", secretToken: "no spaces", handler: 1 } as never)
    expect(make).toThrow(HookgramError)
    for (const name of ["path: ", "secretToken: ", "handler: "]) expect(make).toThrow(name)
  })

  test.each<LambdaEvent>([{}, { headers: null }, { httpMethod: "GET", headers: {} }, { requestContext: {} }])(
    "answers 405 to an event that is no POST, such as a ping of a schedule: %j",
    async (event) => {
      const handler = telegramWebhook({ secretToken, handler: () => expect.unreachable() })
      expect(await handler(event, minute)).toMatchObject({ statusCode: 405, headers: { allow: "POST" } })
    },
  )

  test("answers before Lambda's own time is over, and never 200 for what is not done; a redelivery joins", async () => {
    const events: WebhookEvent["type"][] = []
    let end = (): void => {}
    const webhook = createWebhook({
      secretToken,
      handler: () => new Promise<void>((resolve) => (end = resolve)),
      onEvent: ({ type }) => events.push(type),
    })
    const handler = telegramWebhook({ webhook })
    expect(await handler(plain, { getRemainingTimeInMillis: () => 520 })).toMatchObject({ statusCode: 503 })
    expect(await handler(plain, { getRemainingTimeInMillis: () => 100 })).toMatchObject({ statusCode: 503 })
    const joined = handler(plain, minute)
    end()
    expect(await joined).toMatchObject({ statusCode: 200 })
    expect(events.filter((type) => /started|joined|unfinished|acknowledged/.test(type))).toEqual([
      "started",
      "unfinished",
      "joined",
      "unfinished",
      "joined",
    ])
  })

  test("keeps half a second of Lambda's time for the way of the answer", async () => {
    vi.useFakeTimers()
    let status: number | undefined
    const handler = telegramWebhook({ secretToken, handler: () => new Promise(() => {}) })
    void handler(plain, { getRemainingTimeInMillis: () => 3000 }).then(({ statusCode }) => (status = statusCode))
    await vi.advanceTimersByTimeAsync(2499)
    expect(status).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(status).toBe(503)
  })

  test("answers though its handler has left nothing to do in the process: Lambda takes its end for a success", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "-e", stuck], { cwd: workspace })
    expect(stdout.trim()).toBe("503")
  })
})

const workspace = fileURLToPath(new URL("../", import.meta.url))

/** A program whose handler never ends. */
const stuck = `
  import("@hookgram/lambda").then(async ({ telegramWebhook }) => {
    const handler = telegramWebhook({ secretToken: false, deadline: 50, handler: () => new Promise(() => {}) })
    const event = { httpMethod: "POST", headers: { "content-type": "application/json" }, body: '{"update_id":1}' }
    const { statusCode } = await handler(event, { getRemainingTimeInMillis: () => 60_000 })
    console.log(statusCode)
    process.exit()
  })
`
