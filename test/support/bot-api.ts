import { once } from "node:events"
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"

/** One call of a Bot API method, as it arrived. */
export interface ApiCall {
  readonly token: string
  readonly method: string
  /** Query first, then JSON, form or multipart; of a repeated name the first value (facts, 8.2). Files are `File`s. */
  readonly params: Readonly<Record<string, unknown>>
}

/** An error of the Bot API: thrown by an answer, it becomes `{ ok: false, … }` with that status (facts, 8.3). */
export class ApiFailure extends Error {
  readonly code: number

  constructor(code: number, description: string) {
    super(description)
    this.code = code
  }
}

export const botToken = "5000000:local-bot-token-of-thirty-five-chars"

const me = {
  id: 5_000_000,
  is_bot: true,
  first_name: "Local",
  username: "local_bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: true,
}

/**
 * A Bot API server on the loopback for the API clients of bot libraries: remembers every call and answers it plausibly.
 * It delivers nothing.
 */
export class BotApi {
  readonly calls: ApiCall[] = []
  readonly #server: Server
  readonly #answers = new Map<string, (call: ApiCall) => unknown>()
  #changed: () => void = () => {}
  #messageId = 1000

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#receive(request).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
      })
    })
  }

  static async start(): Promise<BotApi> {
    const api = new BotApi()
    api.#server.listen(0, "127.0.0.1")
    await once(api.#server, "listening")
    return api
  }

  /** What a library calls `apiRoot`. */
  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Answers a method from now on with what this gives back, or fails it with an {@link ApiFailure} that it throws. */
  answer(method: string, answer: (call: ApiCall) => unknown): void {
    this.#answers.set(method, answer)
  }

  callsTo(method: string): ApiCall[] {
    return this.calls.filter((call) => call.method === method)
  }

  /** Resolves when a method has been called so often, with its calls. */
  async called(method: string, times = 1): Promise<ApiCall[]> {
    while (this.callsTo(method).length < times) {
      await new Promise<void>((resolve) => {
        const before = this.#changed
        this.#changed = () => [before, resolve].forEach((each) => each())
      })
    }
    return this.callsTo(method)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, "close")
  }

  async #receive(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const url = new URL(request.url ?? "", this.root)
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? []
    if (token === undefined || method === undefined) return failure(new ApiFailure(404, "Not Found"))
    if (token !== botToken) return failure(new ApiFailure(401, "Unauthorized"))
    try {
      const call: ApiCall = {
        token,
        method,
        params: { ...(await bodyParams(request)), ...firsts([...url.searchParams]) },
      }
      this.calls.push(call)
      this.#changed()
      const result = await (this.#answers.get(method) ?? ((each: ApiCall) => this.#result(each)))(call)
      return { status: 200, body: { ok: true, result } }
    } catch (error) {
      return failure(error instanceof ApiFailure ? error : new ApiFailure(500, String(error)))
    }
  }

  #result({ method, params }: ApiCall): unknown {
    if (method === "getMe") return me
    if (!/^(send|edit|forward|copy)/.test(method) || method === "sendChatAction") return true
    const chat = { id: Number(params["chat_id"]), type: "private", first_name: "Somebody" }
    return { message_id: this.#messageId++, from: me, chat, date: Math.floor(Date.now() / 1000), text: params["text"] }
  }
}

function failure({ code, message }: ApiFailure): { status: number; body: object } {
  return { status: code, body: { ok: false, error_code: code, description: message } }
}

async function bodyParams(request: IncomingMessage): Promise<Record<string, unknown>> {
  const body = Buffer.concat(await request.toArray())
  const type = request.headers["content-type"] ?? ""
  if (type.startsWith("application/json")) return JSON.parse(body.toString()) as Record<string, unknown>
  if (type.startsWith("application/x-www-form-urlencoded")) return firsts([...new URLSearchParams(body.toString())])
  const boundary = /^multipart\/form-data; *boundary="?([^";]+)/.exec(type)?.[1]
  return boundary === undefined ? {} : firsts(formParts(body, boundary))
}

function firsts(pairs: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(pairs.toReversed())
}

/** The parts of multipart/form-data. `Response.formData()` of Node 20 refuses the header lines of grammY, which have no spaces. */
function formParts(body: Buffer, boundary: string): [string, unknown][] {
  const parts = `\r\n${body.toString("latin1")}`.split(`\r\n--${boundary}`).slice(1, -1)
  return parts.map((part) => {
    const end = part.indexOf("\r\n\r\n")
    const head = part.slice(0, end)
    const content = Buffer.from(part.slice(end + 4), "latin1")
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1] ?? ""
    const filename = /[; ]filename="?([^"\r]*)/.exec(head)?.[1]
    return [name, filename === undefined ? content.toString() : new File([content], filename)]
  })
}
