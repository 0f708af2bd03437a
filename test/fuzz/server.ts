/** The process of a fuzzed server: `node server.ts <name of a mount>`. It does nothing to survive a fault. */
import { once } from "node:events"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { setImmediate, setTimeout } from "node:timers/promises"
import { createWebhook, memoryDedup, type Update } from "@hookgram/core"
import { mounts } from "../support/mounts.ts"
import { secretToken } from "./draft.ts"
import { FAILS, KINDS, REPLIES, WAITS } from "./fuzz-case.ts"
import type { Measure, Note, Told } from "./messages.ts"
import { BODY_LIMIT, BODY_TIMEOUT, HEADERS_TIMEOUT, IDLE_TIMEOUT } from "./timing.ts"

const tell = (told: Told): unknown => process.send?.(told)

let notes: Note[] = []

function flush(): void {
  if (notes.length > 0) tell({ notes })
  notes = []
}

function note(one: Note): void {
  notes.push(one)
  if (notes.length >= 200) flush()
}

const failures = [
  new Error("The handler has failed"),
  "a text",
  null,
  undefined,
  { code: "retry_later" },
  Object.create(null),
] as const

async function handle(update: Update, { attempt }: { attempt: number }): Promise<unknown> {
  const id = update.update_id
  if (id % KINDS === FAILS && attempt === 1) {
    const number = id / KINDS
    // Late enough, for two of three, that another delivery can join.
    if (number % 3 > 0) await setTimeout(20)
    throw failures[number % failures.length]
  }
  if (id % KINDS === WAITS) await setImmediate()
  note({ done: id })
  return id % KINDS === REPLIES ? { method: "sendMessage", chat_id: 1, text: "Schön 👍", empty: undefined } : undefined
}

const webhook = createWebhook({
  secretToken,
  handler: (update, context) => handle(update, context),
  bodyLimit: BODY_LIMIT,
  bodyTimeout: BODY_TIMEOUT,
  // Small, so that what it remembers by design does not hide what is kept by mistake.
  dedup: memoryDedup({ max: 2000 }),
  botId: "fuzz",
  onDeadLetter: (update) => note({ done: update.update_id }),
  onEvent: (event) => {
    if (event.type === "faulted")
      note({
        fault: `The webhook says it is at fault: ${event.error instanceof Error ? event.error.stack : event.error}`,
      })
  },
})

/** Looks at a request from below, before anything of ours sees it, and notes what it was when it is answered. */
function observe(request: IncomingMessage, response: ServerResponse): void {
  const port = request.socket.remotePort ?? 0
  const chunks: Buffer[] = []
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk) chunks.push(chunk)
    return push(chunk, encoding)
  }
  response.once("prefinish", () => {
    const { statusCode: status } = response
    if (status !== 200 && status !== 500) return
    const { rawHeaders, method = "", url: target = "" } = request
    const secrets = rawHeaders.filter(
      (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "x-telegram-bot-api-secret-token",
    )
    note({ status, port, method, target, secrets, updateId: updateIdIn(Buffer.concat(chunks)) })
  })
}

function updateIdIn(body: Buffer): unknown {
  try {
    return (JSON.parse(body.toString()) as { update_id?: unknown } | null)?.update_id
  } catch {
    return undefined
  }
}

// Koa reports connections that break, and Express targets that are none, of their own accord. All else is a fault.
const expected =
  /Parse Error|ECONNRESET|EPIPE|Premature close|aborted|Request timeout|ended by the other party|ERR_INVALID_URL/
console.error = (...texts: unknown[]) => {
  const text = texts
    .map((each) => (each instanceof Error ? each.stack : String(each)))
    .join(" ")
    .trim()
  if (text !== "" && !expected.test(text)) note({ fault: `The application has reported: ${text}` })
}

const mount = mounts.find(({ name }) => name === process.argv[2])
if (!mount) throw new Error(`There is no mount ${process.argv[2]}`)
const server = await mount.server(webhook)
server.prependListener("request", observe)
Object.assign(server, {
  headersTimeout: HEADERS_TIMEOUT,
  requestTimeout: 0,
  keepAliveTimeout: IDLE_TIMEOUT,
  connectionsCheckingInterval: 100,
})
server.listen(0, "127.0.0.1", 4096)
await once(server, "listening")

function connections(): Promise<number> {
  return new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))
}

function busy(): number {
  const { running, waiting, detached } = webhook.status()
  return running + waiting + detached
}

/** Measures once nothing is going on any more, or after a while of waiting for that. */
async function measure(): Promise<Measure> {
  for (let tries = 0; tries < 100 && ((await connections()) > 0 || busy() > 0); tries++) await setTimeout(50)
  flush()
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.()
    await setTimeout(10)
  }
  const resources: Record<string, number> = {}
  for (const type of process.getActiveResourcesInfo()) resources[type] = (resources[type] ?? 0) + 1
  return { heap: process.memoryUsage().heapUsed, resources, connections: await connections(), busy: busy() }
}

process.on("message", () => void measure().then((result) => tell({ measure: result })))
process.on("disconnect", () => process.exit())
tell({ port: (server.address() as AddressInfo).port })
