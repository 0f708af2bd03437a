import { createWebhook, HookgramError, type ErrorCode, type WebhookOptions, type WebhookRequest } from "@hookgram/core"
import * as fc from "fast-check"
import { expect, test } from "vitest"
import { recordedUpdate } from "../support/updates.ts"
import { plainRequest, secretToken } from "./plain-request.ts"

const hello = recordedUpdate("message-59-text-hello", 7)
const silent: WebhookOptions = { secretToken, handler: () => {}, onEvent: () => {} }

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const thrower = (what: unknown) => (): never => {
  throw what
}

const codes: ErrorCode[] = [
  "body_too_large",
  "body_timeout",
  "body_aborted",
  "body_consumed",
  "invalid_update",
  "closing",
  "toString" as ErrorCode,
  "__proto__" as ErrorCode,
]

/** Makes what a request may throw, or give where a text or an update is wanted. */
type Make = () => unknown

const weird: fc.Arbitrary<Make> = fc.oneof(
  fc
    .constantFrom<unknown>(
      undefined,
      null,
      true,
      0,
      -1,
      Number.NaN,
      7n,
      "",
      "POST",
      "application/json",
      secretToken,
      [],
      {},
    )
    .map((value) => () => value),
  fc.constantFrom(...codes).map((code) => () => new HookgramError(code, "hostile")),
  fc.jsonValue().map((value) => () => value),
  fc.constantFrom<Make>(
    revoked,
    () => Symbol("hostile"),
    () => () => {},
    () => Object.create(null),
    () => ({ toString: thrower("toString") }),
    () => ({
      get update_id() {
        throw new Error("update_id")
      },
    }),
    () => Promise.resolve(hello),
  ),
)

type Part =
  | { readonly how: "usual" }
  | { readonly how: "gives" | "throws" | "getter" | "rejects"; readonly make: Make }
  | { readonly how: "missing" }

const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Part>({ how: "usual" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      how: fc.constantFrom("gives" as const, "throws" as const, "getter" as const, "rejects" as const),
      make: weird,
    }),
  },
  fc.constant<Part>({ how: "missing" }),
)

/** A usual request with some of its members replaced. */
function hostile(parts: Readonly<Record<keyof WebhookRequest, Part>>): WebhookRequest {
  const usual: WebhookRequest = plainRequest({ body: hello })
  const request = {}
  for (const [name, member] of Object.entries(parts)) {
    const plain = usual[name as keyof WebhookRequest]
    if (member.how === "missing") continue
    if (member.how === "usual") {
      Object.assign(request, { [name]: plain })
      continue
    }
    const { how, make } = member
    const fails = (): never => thrower(make())()
    if (how === "getter") Object.defineProperty(request, name, { get: fails })
    else if (name === "method") Object.assign(request, { method: make() })
    else if (how === "throws") Object.assign(request, { [name]: fails })
    else if (how === "rejects" && name === "body") Object.assign(request, { body: () => Promise.reject(make()) })
    else Object.assign(request, { [name]: make })
  }
  return request as WebhookRequest
}

const statuses = [200, 400, 401, 403, 405, 408, 413, 415, 500]

test("receive never rejects, whatever the request; 200 only when the handler has run", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ method: part, header: part, address: part, body: part, waitUntil: part, timeLeft: part }),
      fc.boolean(),
      async (parts, listed) => {
        let runs = 0
        const allowedAddresses = listed ? ["149.154.160.0/20"] : undefined
        const webhook = createWebhook({
          ...silent,
          handler: () => void runs++,
          ...(allowedAddresses && { allowedAddresses }),
        })
        const { status, headers } = await webhook.receive(hostile(parts))
        expect(statuses).toContain(status)
        expect(headers["content-length"]).toBe("0")
        expect(runs).toBe(status === 200 ? 1 : 0)
        expect(webhook.status()).toMatchObject({ running: 0, waiting: 0 })
      },
    ),
    { numRuns: 1000 },
  )
})

test.each([undefined, null, 7, "request", {}])("receive(%o) is answered, and not with 200", async (request) => {
  expect((await createWebhook(silent).receive(request as unknown as WebhookRequest)).status).toBeGreaterThanOrEqual(400)
})

test("an address that cannot be told does not reject the answer to a bad body", async () => {
  const request = { ...plainRequest({ body: "no JSON" }), address: thrower(new Error("trust proxy")) }
  const { status } = await createWebhook(silent).receive(request)
  expect([400, 500]).toContain(status)
})
