import type { IncomingMessage, ServerResponse } from "node:http"
import { World } from "../chats/world.ts"
import { chatMethods } from "../methods/registry.ts"
import { registrationMethods } from "../registration/methods.ts"
import { parseAddress } from "./address.ts"
import { sendEnvelope, sendFile, sendStatus } from "./answer.ts"
import { brokenMethod, failure } from "./envelope.ts"
import { ApiError } from "./error.ts"
import { HttpError } from "./http-error.ts"
import { type Methods, invoke } from "./invoke.ts"
import type { Method } from "./method.ts"
import { readParameters } from "./request.ts"
import { botOfToken } from "./token.ts"

/** The Bot API as a listener for requests; it also calls the methods that the answers of webhooks ask for. */
export function createApi(
  world: World,
  onBug: (error: unknown) => void = warn,
): (request: IncomingMessage, response: ServerResponse) => void {
  const all: [string, Method][] = Object.entries({ ...registrationMethods, ...chatMethods })
  const methods: Methods = { methods: new Map(all.map(([name, method]) => [name.toLowerCase(), method])), onBug }
  world.services.reply = (bot, parameters) => {
    const call = { world: bot.world, bot, method: parameters.text("method"), parameters }
    void invoke(methods, call, "webhook reply")
  }
  const server = new ApiServer(world, methods)
  return (request, response) => server.handle(request, response)
}

/** A fault of the simulator must not go unseen, nor end the process that it is tested in. */
function warn(error: unknown): void {
  const detail = error instanceof Error ? error.stack : undefined
  process.emitWarning(`A method failed in the simulator: ${String(error)}`, { detail })
}

/** The Bot API over HTTP (facts, 8). */
class ApiServer {
  readonly #world: World
  readonly #testWorld: World
  readonly #methods: Methods

  constructor(world: World, methods: Methods) {
    this.#world = world
    // Telegram's test environment has people, chats and bots of its own (facts, 8.1).
    this.#testWorld = new World(world.clock, world.random, world.journal, world.services)
    this.#methods = methods
  }

  /** Answers a request, whatever its path. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== "GET" && request.method !== "POST") {
      return sendStatus(request, new HttpError(501, "Not Implemented"))
    }
    const release = this.#world.clock.hold()
    this.#answer(request, response, release)
      .catch((error: unknown) => this.#fail(error, request, response))
      .finally(release)
  }

  async #answer(request: IncomingMessage, response: ServerResponse, release: () => void): Promise<void> {
    const { kind, token, test, name, query } = parseAddress(request.url ?? "")
    const parameters = await readParameters(request, query)
    const world = test ? this.#testWorld : this.#world
    const bot = botOfToken(token, world)
    if (kind === "file") {
      const file = world.files.byPath(name)
      if (!file) throw new ApiError(404, "Not Found")
      return sendFile(response, file.bytes)
    }
    const gone = new AbortController()
    response.on("close", () => gone.abort())
    const method = name === "" ? parameters.text("method") : name
    // A call may wait for the time to move on.
    release()
    sendEnvelope(response, await invoke(this.#methods, { world, bot, method, parameters, signal: gone.signal }, "http"))
  }

  #fail(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (error instanceof ApiError) return sendEnvelope(response, failure(error))
    if (error instanceof HttpError) return sendStatus(request, error)
    // Otherwise the caller went away, or the fault is ours.
    if (error === request.errored) return
    this.#methods.onBug(error)
    sendEnvelope(response, brokenMethod)
  }
}
