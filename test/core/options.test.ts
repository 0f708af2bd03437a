import { createWebhook, HookgramError, laneOf, logFailures, memoryDedup, type WebhookOptions } from "@hookgram/core"
import { describe, expect, test } from "vitest"
import { resolveOptions } from "../../packages/core/src/options.ts"
import { secretToken } from "./plain-request.ts"

const handler = (): void => {}
const right: WebhookOptions = { secretToken, handler }

/** The lines of the complaint about `options`, which may be anything; none when they are accepted. */
function complaints(options: unknown): string[] {
  try {
    createWebhook(options as WebhookOptions)
  } catch (error) {
    expect(error).toBeInstanceOf(HookgramError)
    const { code, message } = error as HookgramError
    expect(code).toBe("invalid_options")
    const [title, ...lines] = message.split("\n")
    expect(title).toBe("These webhook options are wrong:")
    return lines.map((line) => line.trim())
  }
  return []
}

const fields = (options: unknown): string[] => complaints(options).map((line) => line.slice(0, line.indexOf(":")))

test("the defaults", () => {
  const { dedup, ...options } = resolveOptions(right)
  expect(options).toEqual({
    secretToken: [secretToken],
    handler,
    allowedAddresses: undefined,
    bodyLimit: 1_048_576,
    bodyTimeout: 30_000,
    deadline: 5000,
    onDeadline: "acknowledge",
    lane: laneOf,
    concurrency: 1000,
    queueLimit: 1000,
    maxAttempts: 15,
    maxAge: Number.POSITIVE_INFINITY,
    botId: "",
    lease: 30_000,
    onDeadLetter: undefined,
    callApi: undefined,
    onEvent: logFailures,
  })
  expect(Object.keys(dedup).toSorted()).toEqual(["claim", "complete", "release", "renew"])
  expect(resolveOptions(right).dedup).not.toBe(dedup)
})

test("every option is used as it was given", () => {
  const given: Required<WebhookOptions> = {
    secretToken: ["one", "two"],
    handler: { handleUpdate: () => {} },
    allowedAddresses: ["149.154.160.0/20"],
    bodyLimit: 1,
    bodyTimeout: 2,
    deadline: 3,
    onDeadline: "retry",
    lane: () => undefined,
    concurrency: 4,
    queueLimit: 0,
    maxAttempts: 5,
    maxAge: 6,
    dedup: memoryDedup(),
    botId: 7,
    lease: 6000,
    onDeadLetter: () => {},
    callApi: () => {},
    onEvent: () => {},
  }
  const resolved = resolveOptions(given)
  expect(resolved).toEqual({ ...given, botId: "7" })
  for (const name of ["handler", "lane", "dedup", "onDeadLetter", "callApi", "onEvent"] as const)
    expect(resolved[name]).toBe(given[name])
})

test("a store or bot whose methods are on its class is accepted as it is", () => {
  class Store {
    claim(): void {}
    renew(): void {}
    complete(): void {}
    release(): void {}
    handleUpdate(): void {}
  }
  const both = new Store()
  const resolved = resolveOptions({ secretToken, handler: both, dedup: both as never, botId: "a" })
  expect(resolved.dedup).toBe(both)
  expect(resolved.handler).toBe(both)
})

const wrong = {
  handler: {},
  secretToken: "not allowed!",
  allowedAddresses: ["149.154.160.0/20", "telegram.org"],
  bodyLimit: 0,
  bodyTimeout: 0,
  deadline: 60_000,
  onDeadline: "forget",
  lane: "chat",
  concurrency: 0,
  queueLimit: -1,
  maxAttempts: 1.5,
  maxAge: -1,
  dedup: {},
  botId: {},
  lease: "long",
  onDeadLetter: 1,
  callApi: 2,
  onEvent: 3,
}

test("every wrong option is named, all in one error", () => {
  const expected = Object.keys(wrong).map((field) => (field === "allowedAddresses" ? "allowedAddresses.1" : field))
  expect(fields({ ...wrong, secret_token: "x" }).toSorted()).toEqual([...expected, "secret_token"].toSorted())
})

test.each(Object.entries(wrong))("%s: %j alone is named alone", (field, value) => {
  expect(fields({ ...right, [field]: value })).toEqual([field === "allowedAddresses" ? "allowedAddresses.1" : field])
})

describe("the secret", () => {
  test.each([undefined, "", [], "a".repeat(257), "ä", "a b", "a\n", null, true, 0, 5, {}])("%j is refused", (value) => {
    expect(fields({ handler, secretToken: value })).toEqual(["secretToken"])
  })

  test.each([
    [[""], ["secretToken.0"]],
    [
      ["ok", "not ok", null],
      ["secretToken.1", "secretToken.2"],
    ],
  ])("of %j, it is said which is refused", (value, expected) => {
    expect(fields({ handler, secretToken: value })).toEqual(expected)
  })

  test.each([["a"], [["a"]], [["A-Za-z0-9_-", "b"]], ["a".repeat(256)], [false]])("%j is accepted", (value) => {
    expect(complaints({ handler, secretToken: value })).toEqual([])
  })

  test.each([undefined, null, true, 5, {}])("%j: the complaint says what to give", (value) => {
    expect(complaints({ handler, secretToken: value })).toEqual([
      "secretToken: must be the secret_token that the webhook was set with, a list of them, or false to accept requests from anybody",
    ])
  })

  test("missing because it is misspelt: both are said", () => {
    const lines = complaints({ handler, secret_token: "right" })
    expect(lines).toHaveLength(2)
    expect(lines).toContain("secret_token: is not an option")
    expect(lines).toContain(
      "secretToken: must be the secret_token that the webhook was set with, a list of them, or false to accept requests from anybody",
    )
  })

  test("the complaint does not repeat it", () => {
    expect(complaints({ handler, secretToken: "my secret!" }).join()).not.toContain("my secret!")
  })
})

describe("what depends on another option", () => {
  test.each<[string, object, string[]]>([
    ["dedup needs botId", { dedup: memoryDedup() }, ["botId"]],
    ["dedup with botId", { dedup: memoryDedup(), botId: 0 }, []],
    ["botId alone", { botId: "a" }, []],
    ["a lease shorter than deadline + 5000", { deadline: 10_000, lease: 14_999 }, ["lease"]],
    ["a lease of deadline + 5000", { deadline: 10_000, lease: 15_000 }, []],
    ["a lease too short for the default deadline", { lease: 9999 }, ["lease"]],
    ["deadline 0 with retry", { deadline: 0, onDeadline: "retry" }, ["onDeadline"]],
    ["deadline 0 with acknowledge", { deadline: 0, onDeadline: "acknowledge" }, []],
    [
      "all at once",
      { deadline: 0, onDeadline: "retry", lease: 1, dedup: memoryDedup() },
      ["botId", "lease", "onDeadline"],
    ],
    ["beside a field out of its range", { dedup: memoryDedup(), concurrency: 0 }, ["botId", "concurrency"]],
    ["beside a field of the wrong type", { dedup: memoryDedup(), concurrency: "many" }, ["botId", "concurrency"]],
    ["beside an option that is none", { dedup: memoryDedup(), timeout: 1 }, ["botId", "timeout"]],
  ])("%s", (_title, options, expected) => {
    expect(fields({ ...right, ...options }).toSorted()).toEqual(expected)
  })

  test("the default lease follows the deadline", () => {
    expect(resolveOptions({ ...right, deadline: 55_000 }).lease).toBe(80_000)
    expect(resolveOptions({ ...right, deadline: 0 }).lease).toBe(25_000)
  })
})

test.each([undefined, null, "options", 7, [], () => {}])("%o are no options", (options) => {
  expect(complaints(options).length).toBeGreaterThan(0)
})

test("the given object is not changed, and changing it later changes nothing", () => {
  const given = { secretToken: ["one"], handler, allowedAddresses: ["::1"] }
  const resolved = resolveOptions(Object.freeze(given))
  given.secretToken.push("two")
  given.allowedAddresses.push("::/0")
  expect(resolved.secretToken).toEqual(["one"])
  expect(resolved.allowedAddresses).toEqual(["::1"])
})
