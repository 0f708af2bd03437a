import { once } from "node:events"
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { PassThrough, Readable } from "node:stream"
import { type BodyLimits, HookgramError, Timeouts } from "@hookgram/core"
import { readBody } from "@hookgram/node"
import * as fc from "fast-check"
import { afterEach, describe, expect, test, vi } from "vitest"

const limitsOf = (bytes: number, timeout = 30_000): BodyLimits => ({ bytes, timeouts: new Timeouts(timeout) })
const limits = limitsOf(1000)

afterEach(() => {
  vi.useRealTimers()
})

/** The error a promise is rejected with, and its code. */
async function failure(body: Promise<string>): Promise<string> {
  const error = await body.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HookgramError)
  return (error as HookgramError).code
}

/** A stream of these chunks that then ends. */
function streamOf(...chunks: (Buffer | string)[]): Readable {
  const stream = new PassThrough()
  for (const chunk of chunks) stream.write(chunk)
  return stream.end()
}

describe("reading to the end", () => {
  test("of nothing, one chunk, many chunks", async () => {
    expect(await readBody(streamOf(), limits)).toBe("")
    expect(await readBody(streamOf("{}"), limits)).toBe("{}")
    expect(await readBody(streamOf("{", '"a":', "1}"), limits)).toBe('{"a":1}')
  })

  test("any text cut into any chunks", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(80), { maxLength: 5 }), async (whole, cuts) => {
        const bytes = Buffer.from(whole)
        const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length]
        const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge))
        expect(await readBody(streamOf(...chunks), limits)).toBe(whole)
      }),
    )
  })

  test("bytes that are not UTF-8 become U+FFFD: facts, 1.2", async () => {
    expect(await readBody(streamOf(Buffer.from("a\xff\xc3(", "latin1")), limits)).toBe("a\ufffd\ufffd(")
  })

  test("of a stream that gives text, because somebody has set its encoding", async () => {
    const stream = streamOf(Buffer.from("Grüße").subarray(0, 3), Buffer.from("Grüße").subarray(3)).setEncoding("utf8")
    expect(await readBody(stream, limits)).toBe("Grüße")
  })

  test("of a stream of objects that are bytes or text", async () => {
    const bytes = [...new TextEncoder().encode('{"a":1}')]
    expect(await readBody(Readable.from([Uint8Array.from(bytes)]), limits)).toBe('{"a":1}')
    expect(
      await readBody(Readable.from([Uint8Array.from(bytes.slice(0, 3)), Uint8Array.from(bytes.slice(3))]), limits),
    ).toBe('{"a":1}')
    expect(await readBody(Readable.from(['{"a"', ":1}"]), limits)).toBe('{"a":1}')
  })
})

describe("the limit", () => {
  test("is in bytes, and one more is too many", async () => {
    expect(await readBody(streamOf("a".repeat(1000)), limits)).toHaveLength(1000)
    expect(await failure(readBody(streamOf("a".repeat(1001)), limits))).toBe("body_too_large")
    expect(await failure(readBody(streamOf("ä".repeat(500), "a"), limits))).toBe("body_too_large")
    expect(await failure(readBody(streamOf("ä".repeat(500), "a").setEncoding("utf8"), limits))).toBe("body_too_large")
  })

  test("stops the reading: the stream is paused, and not destroyed, so that an answer can be written", async () => {
    const stream = new PassThrough()
    const body = failure(readBody(stream, limitsOf(10)))
    for (let chunk = 0; chunk < 5; chunk++) stream.write("a".repeat(6))
    expect(await body).toBe("body_too_large")
    expect([stream.isPaused(), stream.destroyed]).toEqual([true, false])
  })
})

describe("the time", () => {
  test("runs from the start, and data does not extend it", async () => {
    vi.useFakeTimers()
    const stream = new PassThrough()
    const body = failure(readBody(stream, limitsOf(1000, 1000)))
    for (let second = 0; second < 10; second++) {
      stream.write(" ")
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(await body).toBe("body_timeout")
    expect([stream.isPaused(), stream.destroyed, vi.getTimerCount()]).toEqual([true, false, 0])
  })

  test.each<[string, (stream: PassThrough) => unknown]>([
    ["the end", (stream) => stream.end("{}")],
    ["the limit", (stream) => stream.write("a".repeat(1001))],
    ["an error", (stream) => stream.destroy(new Error("reset"))],
    ["a close", (stream) => stream.destroy()],
  ])("is not left ticking after %s", async (_what, act) => {
    vi.useFakeTimers()
    const stream = new PassThrough()
    const body = readBody(stream, limits).catch(() => {})
    act(stream)
    await vi.advanceTimersByTimeAsync(0)
    await body
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe("a peer that goes", () => {
  test("before: the stream is destroyed already", async () => {
    const stream = new PassThrough()
    stream.destroy()
    expect(await failure(readBody(stream, limits))).toBe("body_aborted")
  })

  test.each([undefined, new Error("reset")])("in the middle, with %s", async (error) => {
    const stream = new PassThrough()
    const body = failure(readBody(stream, limits))
    stream.write("{")
    stream.destroy(error)
    expect(await body).toBe("body_aborted")
  })

  test("after an error of its own: what the stream still emits harms nobody", async () => {
    const stream = new PassThrough()
    const body = failure(readBody(stream, limitsOf(1)))
    stream.write("ab")
    expect(await body).toBe("body_too_large")
    const closed = new Promise((resolve) => stream.once("close", resolve))
    stream.destroy(new Error("reset"))
    await closed
  })
})

describe("on a socket", () => {
  const servers: Server[] = []

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections()
  })

  /** A server's view of a request whose body is what `write` makes it. */
  async function incoming(write: (request: ReturnType<typeof httpRequest>) => void): Promise<IncomingMessage> {
    const server = createServer().listen(0, "127.0.0.1")
    servers.push(server)
    await once(server, "listening")
    const request = httpRequest({
      port: (server.address() as AddressInfo).port,
      host: "127.0.0.1",
      method: "POST",
      headers: { "content-length": 10 },
    })
    request.on("error", () => {})
    write(request)
    const [message] = (await once(server, "request")) as [IncomingMessage]
    return message
  }

  test("a body that comes whole", async () => {
    expect(await readBody(await incoming((request) => request.end("0123456789")), limits)).toBe("0123456789")
  })

  test("a peer that hangs up in the middle", async () => {
    const requests: ReturnType<typeof httpRequest>[] = []
    const message = await incoming((request) => {
      request.write("012")
      requests.push(request)
    })
    const body = failure(readBody(message, limits))
    requests[0]!.destroy()
    expect(await body).toBe("body_aborted")
  })
})
