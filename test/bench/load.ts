import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { performance } from "node:perf_hooks"
import type { Update } from "@hookgram/core"
import { recordedUpdate } from "../support/updates.ts"
import { wireBody, wireHead } from "../support/wire.ts"
import { path, secretToken } from "./applications/bot.ts"

/** About 0.6, 1.2, 2 (with its head) and 8 kB. */
export const recordings: readonly string[] = [
  "message-41-video",
  "message-31-game",
  "edited_channel_post-02-photo-signed-forward-keyboard",
  "message-27-rich-message-all-blocks-forwarded",
]

/** Nine digits, as Telegram's ids have them: an id is written over another one in place. */
const FIRST_ID = 100_000_000

/** Keep-alive connections to one server, each with at most one request under way, as Telegram does it (facts, 1.3). */
export class Client {
  readonly #connections: readonly Connection[]
  #nextId = FIRST_ID

  private constructor(connections: readonly Connection[]) {
    this.#connections = connections
  }

  static async open(port: number, count: number): Promise<Client> {
    return new Client(await Promise.all(Array.from({ length: count }, (_, index) => Connection.open(port, index))))
  }

  /** Delivers so many updates, each with an id of its own, and gives back the milliseconds that each answer took. */
  async deliver(count: number, connections = this.#connections.length): Promise<Float64Array> {
    const last = this.#nextId + count
    const times = new Float64Array(count)
    const work = async (connection: Connection): Promise<void> => {
      while (this.#nextId < last) {
        const id = this.#nextId++
        times[last - id - 1] = await connection.deliver(id)
      }
    }
    await Promise.all(this.#connections.slice(0, connections).map(work))
    return times
  }

  close(): void {
    for (const connection of this.#connections) connection.close()
  }
}

interface Template {
  readonly bytes: Buffer
  /** Where the digits of the id begin. */
  readonly idAt: number
}

class Connection {
  readonly #socket: Socket
  readonly #templates: readonly Template[]
  #turn = 0
  #received = ""
  #answered: (error?: Error) => void = () => {}

  private constructor(socket: Socket, templates: readonly Template[]) {
    this.#socket = socket
    this.#templates = templates
    socket.setNoDelay(true)
    socket.on("data", (chunk) => this.#read(chunk))
    socket.on("error", (error) => this.#answered(error))
    socket.on("close", () => this.#answered(new Error("The server closed a connection that it should keep alive")))
  }

  static async open(port: number, index: number): Promise<Connection> {
    const socket = connect(port, "127.0.0.1")
    await once(socket, "connect")
    return new Connection(
      socket,
      recordings.map((name) => template(inChatOf(recordedUpdate(name, FIRST_ID), index), port)),
    )
  }

  /** Resolves with milliseconds. */
  deliver(id: number): Promise<number> {
    const { bytes, idAt } = this.#templates[this.#turn++ % this.#templates.length]!
    bytes.write(String(id), idAt, "latin1")
    const sent = performance.now()
    return new Promise((resolve, reject) => {
      this.#answered = (error) => (error ? reject(error) : resolve(performance.now() - sent))
      this.#socket.write(bytes)
    })
  }

  /** No answer follows another unasked, so one is complete when its length says so. */
  #read(chunk: Buffer): void {
    this.#received += chunk.toString("latin1")
    const head = this.#received.indexOf("\r\n\r\n")
    if (head < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#received)
    const complete = length
      ? this.#received.length >= head + 4 + Number(length[1])
      : this.#received.endsWith("0\r\n\r\n")
    if (!complete) return
    const wrong = this.#received.startsWith("HTTP/1.1 200 ")
      ? undefined
      : new Error(`The server answered ${this.#received}`)
    this.#received = ""
    this.#answered(wrong)
  }

  close(): void {
    this.#answered = () => {}
    this.#socket.destroy()
  }
}

/** Puts an update into a chat of its own connection: Telegram never has two updates of a chat under way (facts, 2.1). */
function inChatOf(update: Update, index: number): Update {
  const kind = Object.keys(update).find((key) => key !== "update_id") as keyof Update
  const payload = update[kind] as unknown as { chat: { id: number } }
  return { ...update, [kind]: { ...payload, chat: { ...payload.chat, id: payload.chat.id - index } } }
}

function template(update: Update, port: number): Template {
  const body = wireBody(update)
  const head = wireHead(body, { port, path, secretToken })
  return { bytes: Buffer.from(head + body, "latin1"), idAt: head.length + '{"update_id":'.length }
}
