import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { respond } from "@hookgram/node"
import { expect, test } from "vitest"
import { Connection } from "../support/connection.ts"

/** A server that hands its responses to the test. */
async function answering(
  answer: (response: ServerResponse) => unknown,
  run: (connection: Connection) => Promise<void>,
): Promise<void> {
  const server = createServer((_request, response) => answer(response)).listen(0, "127.0.0.1")
  await once(server, "listening")
  const connection = await Connection.open((server.address() as AddressInfo).port)
  try {
    connection.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
    await run(connection)
  } finally {
    connection.destroy()
    server.close().closeAllConnections()
  }
}

test("status, headers and body are written as they are, and the connection is kept", async () => {
  await answering(
    (response) =>
      respond(response, {
        status: 200,
        headers: { "content-type": "application/json", "content-length": "2" },
        body: "{}",
      }),
    async (connection) => {
      const { status, headers, body } = await connection.answer()
      expect([status, body, headers["content-type"], headers["content-length"], headers["transfer-encoding"]]).toEqual([
        200,
        "{}",
        "application/json",
        "2",
        undefined,
      ])
      expect(headers["connection"]).toBe("keep-alive")
    },
  )
})

test("an empty answer has length 0 and closes when told to", async () => {
  await answering(
    (response) => respond(response, { status: 401, headers: { "content-length": "0", connection: "close" } }),
    async (connection) => {
      expect(await connection.answer()).toMatchObject({
        status: 401,
        body: "",
        headers: { "content-length": "0", connection: "close" },
      })
      await connection.closed()
    },
  )
})

test("a peer that has gone is no fault", async () => {
  const written: Promise<unknown>[] = []
  await answering(
    (response) => {
      written.push(
        once(response, "close").then(() => respond(response, { status: 200, headers: { "content-length": "0" } })),
      )
      response.req.socket.destroy()
    },
    (connection) => connection.closed(),
  )
  expect(await Promise.all(written)).toEqual([undefined])
})
