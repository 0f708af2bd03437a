import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, test } from "vitest"
import { Client } from "./client.ts"
import { secretToken } from "./draft.ts"
import { type FuzzCase, fuzzCase } from "./fuzz-case.ts"
import { adapters, runFuzz } from "./fuzz-run.ts"
import { Ledger } from "./ledger.ts"
import { describe as describeViolation, escaped } from "./print.ts"

const seed = 20_260_714

describe.concurrent("1500 mutations of recorded requests: no crash, no hang, no 200 without a handled update, nothing left behind", () => {
  test.for(adapters)("%s", { timeout: 120_000 }, async (adapter) => {
    const report = await runFuzz({ adapter, seed, count: 1500, connections: 32 })
    expect(report.violations.map((violation) => describeViolation(violation, report))).toEqual([])
    // Else it would prove nothing: requests of every sort have come through to their answers.
    expect([...report.counts.keys()]).toEqual(
      expect.arrayContaining(["200", "400", "401", "405", "408", "413", "415", "431", "500"]),
    )
    expect(report.handled).toBeGreaterThan(300)
  })
})

function firstCases(of: number): string {
  return Array.from({ length: 50 }, (_, index) => escaped(Buffer.concat(fuzzCase(of, index).pieces))).join("\n")
}

describe("a case", () => {
  test("is made again by its seed and index", () => {
    expect(firstCases(7)).toBe(firstCases(7))
    expect(firstCases(8)).not.toBe(firstCases(7))
  })

  test("is printed with every byte of it", () => {
    const bytes = Buffer.from([0, 10, 34, 92, 127, 128, 255, 65])
    expect(escaped(bytes)).toBe(String.raw`"\u0000\n\"\\\x7f\x80\xffA"`)
  })
})

describe("the ledger", () => {
  const ok = { status: 200, port: 5000, method: "POST", target: "/telegram", secrets: [secretToken], updateId: 1 }

  test("takes a 200 for an update that is done", () => {
    const ledger = new Ledger()
    expect([ledger.note({ done: 1 }), ledger.note(ok)]).toEqual([undefined, undefined])
    ledger.read(5000)
    expect(ledger.unaccounted()).toEqual([])
  })

  test.for([
    ["before the update is done", ok],
    ["for another update", { ...ok, updateId: 2 }],
    ["for what is no update", { ...ok, updateId: undefined }],
    ["with a wrong secret", { ...ok, secrets: ["wrong"] }],
    ["without a secret", { ...ok, secrets: [] }],
    ["with two secrets", { ...ok, secrets: [secretToken, secretToken] }],
    ["for another method", { ...ok, method: "PUT" }],
  ] as const)("objects to a 200 %s", ([title, note]) => {
    const ledger = new Ledger()
    if (!title.startsWith("before")) ledger.note({ done: 1 })
    expect(ledger.note(note)?.problem).toMatch(/^200/)
  })

  test("takes a 500 only for an update that the handler fails for", () => {
    const ledger = new Ledger()
    expect(ledger.note({ ...ok, status: 500, updateId: 8 })).toBeUndefined()
    expect(ledger.note({ ...ok, status: 500, updateId: 9 })?.problem).toMatch(/^500/)
    expect(ledger.note({ ...ok, status: 500, updateId: undefined })?.problem).toMatch(/^500/)
  })

  test("objects to a 200 on the wire that nobody has noted", () => {
    const ledger = new Ledger()
    ledger.read(5000)
    expect(ledger.unaccounted()).toEqual([5000])
  })
})

/** A complete request, and nothing wrong with it but that. */
function withoutSecret(): FuzzCase {
  const cases = Array.from({ length: 2000 }, (_, index) => fuzzCase(seed, index))
  const found = cases.find(({ mutations }) => mutations.join() === "no secret")
  if (!found) throw new Error("There is no such case under this seed")
  return found
}

test("the client objects to a server that says 200 to everybody", async () => {
  const server = createServer((request, response) => void request.resume().on("end", () => response.end()))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const client = new Client((server.address() as AddressInfo).port, new Ledger(), new Map())
  const problem = await client.send(withoutSecret())
  client.close()
  server.closeAllConnections()
  server.close()
  expect(problem).toBe("200 without the secret anywhere in the request")
})
