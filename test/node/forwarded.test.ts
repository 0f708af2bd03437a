import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { WebhookEvent } from "@hookgram/core"
import { telegramWebhook } from "@hookgram/node"
import { describe, expect, onTestFinished, test } from "vitest"
import { until } from "../support/gate.ts"
import { noIPv6 } from "../support/network.ts"

const TELEGRAM = "149.154.167.220"

interface Peer {
  /** The address that a request with these header lines came from, for the webhook. */
  seen(...forwarded: string[]): Promise<string | undefined>
  readonly server: Server
  readonly events: WebhookEvent[]
  connect(): Socket
}

/** A webhook behind proxies; its peer is this test, at an address of the loopback or on a unix socket. */
async function behind(trustedProxies: string[] | undefined, at: { host?: string; path?: string } = {}): Promise<Peer> {
  const { path, host = "127.0.0.1" } = at
  const events: WebhookEvent[] = []
  const onEvent = (event: WebhookEvent) => void events.push(event)
  const server = createServer(telegramWebhook({ secretToken: "right", handler: () => {}, trustedProxies, onEvent }))
  server.listen(path === undefined ? { port: 0, host } : { path })
  onTestFinished(() => server.close().closeAllConnections())
  await once(server, "listening")
  const open = () => (path === undefined ? connect((server.address() as AddressInfo).port, "127.0.0.1") : connect(path))
  return {
    server,
    events,
    connect: open,
    async seen(...forwarded) {
      const socket = open()
      socket.write(request(forwarded))
      await once(socket, "data")
      socket.destroy()
      return addressIn(events.pop())
    },
  }
}

/** One that is refused for its secret, of which the observer is told where it came from. */
function request(forwarded: readonly string[]): string {
  const lines = forwarded.map((value) => `X-Forwarded-For: ${value}`)
  return ["POST /telegram HTTP/1.1", "Host: x", "Content-Length: 0", ...lines, "\r\n"].join("\r\n")
}

function addressIn(event: WebhookEvent | undefined): string | undefined {
  if (event?.type !== "rejected") throw new Error(`It was not refused: ${JSON.stringify(event)}`)
  return event.address
}

function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "hookgram-forwarded-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, "bot.sock")
}

describe("without the option", () => {
  test.each([[[TELEGRAM]], [["127.0.0.1"]], [[""]], [[]]])("%j is not read", async (lines) => {
    expect(await (await behind(undefined)).seen(...lines)).toBe("127.0.0.1")
  })

  test("a peer on a unix socket has no address", async () => {
    expect(await (await behind(undefined, { path: socketPath() })).seen(TELEGRAM)).toBeUndefined()
  })
})

describe("a peer that is trusted", () => {
  test.each([
    ["one proxy", [TELEGRAM], TELEGRAM],
    ["two proxies", [`${TELEGRAM}, 10.0.0.9`], TELEGRAM],
    ["two proxies, in two lines", [TELEGRAM, "10.0.0.9"], TELEGRAM],
    ["what a client has put in front of it", [`${TELEGRAM}, 1.2.3.4, 10.0.0.9`], "1.2.3.4"],
    ["what a client has put in front of it, in a line of its own", [TELEGRAM, "1.2.3.4"], "1.2.3.4"],
    ["a client that says to be a proxy", ["10.0.0.1, 1.2.3.4"], "1.2.3.4"],
    ["proxies alone: the first of them", ["10.0.0.7, 10.0.0.8"], "10.0.0.7"],
    ["no white space", [`${TELEGRAM},10.0.0.9`], TELEGRAM],
    ["much of it", [`  ${TELEGRAM} \t ,  10.0.0.9  `], TELEGRAM],
    ["a mapped address", ["::ffff:1.2.3.4, ::ffff:10.0.0.9"], "::ffff:1.2.3.4"],
    ["IPv6", ["2001:db8::7, 10.0.0.9"], "2001:db8::7"],
    ["a word", [`${TELEGRAM}, unknown`], "unknown"],
    ["an empty entry", [`${TELEGRAM}, `], ""],
    ["an empty entry between", [`${TELEGRAM}, , 10.0.0.9`], ""],
    ["an address with a port", [`${TELEGRAM}, 1.2.3.4:5678`], "1.2.3.4:5678"],
    ["something that is nearly an address", [`${TELEGRAM}, 10.0.0.256`], "10.0.0.256"],
    ["an empty line: its own address", [""], "127.0.0.1"],
    ["no line: its own address", [], "127.0.0.1"],
  ])("%s", async (_what, lines, address) => {
    expect(await (await behind(["127.0.0.1", "10.0.0.0/8"])).seen(...lines)).toBe(address)
  })

  const unavailable = noIPv6("a proxy that connects to an IPv6 server over IPv4")
  test.skipIf(unavailable !== undefined)(unavailable ?? "is known by its mapped address, too", async () => {
    expect(await (await behind(["127.0.0.1"], { host: "::" })).seen(TELEGRAM)).toBe(TELEGRAM)
  })

  test("on a unix socket, is any that can connect", async () => {
    const peer = await behind([], { path: socketPath() })
    expect(await peer.seen(`${TELEGRAM}, 1.2.3.4`)).toBe("1.2.3.4")
    expect(await peer.seen(TELEGRAM)).toBe(TELEGRAM)
    expect(await peer.seen()).toBeUndefined()
  })
})

describe("a peer that is not trusted", () => {
  test.each([[["10.0.0.0/8"]], [[]]])("by %j is itself, whatever it says", async (trusted) => {
    expect(await (await behind(trusted)).seen(TELEGRAM)).toMatch(/^127\.0\.0\.1$/)
  })

  test("and has gone before it is looked at, is not taken for one on a unix socket", async () => {
    const peer = await behind(["10.0.0.0/8"])
    const socket = peer.connect()
    await once(peer.server, "connection")
    socket.write(request([TELEGRAM]))
    socket.resetAndDestroy()
    await until(() => peer.events.length > 0)
    expect(addressIn(peer.events[0])).not.toBe(TELEGRAM)
  })
})

describe("the address that is found", () => {
  test("is what allowedAddresses looks at", async () => {
    const options = { secretToken: false, handler: () => {}, trustedProxies: ["127.0.0.1"] } as const
    const server = createServer(telegramWebhook({ ...options, allowedAddresses: ["149.154.160.0/20"] })).listen(0)
    onTestFinished(() => server.close().closeAllConnections())
    await once(server, "listening")
    const post = async (forwarded: string) => {
      const headers = { "content-type": "application/json", "x-forwarded-for": forwarded }
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      return (await fetch(url, { method: "POST", headers, body: '{"update_id":1}' })).status
    }
    expect(await post(TELEGRAM)).toBe(200)
    expect(await post(`${TELEGRAM}, 1.2.3.4`)).toBe(403)
    expect(await post(`${TELEGRAM}, unknown`)).toBe(403)
    expect(await post("")).toBe(403)
  })
})

describe("wrong entries are refused when the webhook is made, by name", () => {
  test.each([
    [["127.0.0.1", "localhost"], "trustedProxies.1: must be an address or a CIDR network"],
    [["10.0.0.0/33"], "trustedProxies.0: must be an address or a CIDR network"],
    [[7], "trustedProxies.0: must be an address or a CIDR network"],
    ["127.0.0.1", "trustedProxies: must be a list of addresses and CIDR networks"],
    [null, "trustedProxies: must be a list of addresses and CIDR networks"],
    [true, "trustedProxies: must be a list of addresses and CIDR networks"],
  ])("%j", (trustedProxies, problem) => {
    const options = { secretToken: "right", handler: () => {}, trustedProxies: trustedProxies as string[] }
    const refused = expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(problem) })
    expect(() => telegramWebhook(options)).toThrow(refused as Error)
  })

  test("and options that are none are refused as such", () => {
    const refused = expect.objectContaining({ code: "invalid_options" }) as Error
    expect(() => telegramWebhook(undefined as never)).toThrow(refused)
  })
})
