import { once } from "node:events"
import { createServer, request } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { onTestFinished } from "vitest"
import { answerClientError } from "../../../packages/simulator/src/api/answer.ts"
import { createApi } from "../../../packages/simulator/src/api/server.ts"
import { World } from "../../../packages/simulator/src/chats/world.ts"
import { RealClock } from "../../../packages/simulator/src/clock/real.ts"
import { Journal } from "../../../packages/simulator/src/journal.ts"
import { Random } from "../../../packages/simulator/src/random.ts"
import { Services } from "../../../packages/simulator/src/registration/services.ts"

export const token = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

/** A Bot API on a socket, which ends with the test. */
export async function startApi({ strict = false } = {}): Promise<BotApi> {
  const clock = new RealClock(1, Date.now())
  const world = new World(clock, new Random(1), new Journal(100), new Services(clock, strict))
  const bugs: unknown[] = []
  const server = createServer(
    { maxHeaderSize: 262_144 },
    createApi(world, (error) => bugs.push(error)),
  )
  server.on("clientError", answerClientError)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
    clock.stop()
  })
  return new BotApi(world, (server.address() as AddressInfo).port, bugs)
}

export interface Answer {
  readonly status: number
  readonly headers: readonly string[]
  /** Parsed, if it is JSON. */
  readonly body: unknown
}

export class BotApi {
  readonly world: World
  readonly port: number
  /** What methods threw that they should not. */
  readonly bugs: unknown[]

  constructor(world: World, port: number, bugs: unknown[]) {
    this.world = world
    this.port = port
    this.bugs = bugs
  }

  /** Makes a request; with a body it is a POST, unless it says otherwise. */
  async call(
    path: string,
    { method, body, ...headers }: Record<string, string | Buffer | undefined> = {},
  ): Promise<Answer> {
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    const sent = request({
      port: this.port,
      path,
      method: method ? String(method) : body === undefined ? "GET" : "POST",
      headers: given,
    })
    sent.end(body)
    const [response] = await once(sent, "response")
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const isJson = response.headers["content-type"] === "application/json"
    return { status: response.statusCode, headers: response.rawHeaders, body: isJson ? JSON.parse(text) : text }
  }

  /** Sends bytes as they are, and gives back all that comes until the server closes, or so many characters. */
  async raw(bytes: string | Buffer, length = Infinity): Promise<string> {
    const socket = connect(this.port, "127.0.0.1")
    socket.write(bytes)
    let text = ""
    for await (const chunk of socket) {
      text += (chunk as Buffer).toString("latin1")
      if (text.length >= length) break
    }
    socket.destroy()
    return text
  }
}
