import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type SimulatorOptions, type Simulator, startSimulator } from "@hookgram/simulator"
import { type Api, type ApiOptions, createApi } from "@hookgram/api"
import { onTestFinished } from "vitest"

export const token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
/** The half of it that nobody may see. */
export const secret = token.slice(token.indexOf(":") + 1)

/** A request as it came in. */
export interface Seen {
  readonly url: string
  readonly method: string
  readonly type: string
  readonly body: Buffer
}

/** What a server does with a request: an answer as JSON, or whatever it wants with the response. */
export type Answer = (seen: Seen, response: ServerResponse) => unknown

/** A Bot API server that says what it is told, one answer after the other, the last one again and again. */
export async function serverSaying(...answers: Answer[]): Promise<{ url: string; seen: Seen[]; port: number }> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const one = await read(request)
    seen.push(one)
    const answer = await answers[Math.min(seen.length, answers.length) - 1]?.(one, response)
    if (answer === undefined) return
    const { error_code = 200 } = answer as { error_code?: number }
    response.writeHead(error_code, { "Content-Type": "application/json" }).end(JSON.stringify(answer))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, seen, port }
}

async function read(request: IncomingMessage): Promise<Seen> {
  const body = Buffer.concat(await request.toArray())
  return { url: request.url ?? "", method: request.method ?? "", type: request.headers["content-type"] ?? "", body }
}

export const ok =
  (result: unknown = true): Answer =>
  () => ({ ok: true, result })

export const refused =
  (error_code: number, description: string, parameters?: object): Answer =>
  () => ({ ok: false, error_code, description, ...(parameters && { parameters }) })

/** Breaks the connection off. */
export const cut: Answer = (_seen, response) => void response.destroy()

/** Never answers. */
export const silent: Answer = () => undefined

/** A simulator, and a client for its bot. */
export async function simulated(options: SimulatorOptions = {}, apiOptions: ApiOptions = {}) {
  const telegram = await startSimulator(options)
  onTestFinished(() => telegram.close())
  return { telegram, api: apiOf(telegram, apiOptions) }
}

export function apiOf(telegram: Simulator, options: ApiOptions = {}): Api {
  return createApi(telegram.token, { baseUrl: telegram.url, ...options })
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise
  } catch (error) {
    return error as Error & Record<string, unknown>
  }
  throw new Error("It was not rejected")
}
