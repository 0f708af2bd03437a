import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { uptime } from "node:os"
import { GCProfiler } from "node:v8"
import { type Applications, handled } from "./applications/bot.ts"
import { youngCollections } from "./garbage.ts"
import type { Framework } from "./subjects.ts"

/** What a server process is asked over its IPC channel. */
export type Question = "begin" | "end" | "memory"

/** What a server process has used between `begin` and `end`. */
export interface Usage {
  /** Microseconds of CPU time, all threads, in the process and in the kernel for it. */
  readonly cpu: number
  /** Calls of the handler. */
  readonly handled: number
  /** Bytes that survived young collections. */
  readonly survived: number
}

/** Bytes after a full collection. */
export interface Memory {
  readonly heap: number
  readonly rss: number
}

const loaders: Readonly<Record<Framework, () => Promise<{ applications: Applications }>>> = {
  express: () => import("./applications/express.ts"),
  koa: () => import("./applications/koa.ts"),
  fastify: () => import("./applications/fastify.ts"),
  http: () => import("./applications/http.ts"),
}

const [framework = "", name = ""] = process.argv.slice(2)
const { applications } = await loaders[framework as Framework]()
const server = await applications[name]!()
server.keepAliveTimeout = 600_000 // a server waits while the others have their turn
server.listen(0, "127.0.0.1")
await once(server, "listening")

let cpuBefore = process.cpuUsage()
let handledBefore = 0
let profiler = new GCProfiler()

function begin(): void {
  handledBefore = handled.count
  profiler = new GCProfiler()
  profiler.start()
  uptime() // callgrind closes its books at every call of this: see instructions.ts
  cpuBefore = process.cpuUsage()
}

function end(): Usage {
  const { user, system } = process.cpuUsage(cpuBefore)
  uptime()
  return { cpu: user + system, handled: handled.count - handledBefore, survived: youngCollections(profiler.stop()) }
}

function memory(): Memory {
  globalThis.gc?.()
  globalThis.gc?.()
  return { heap: process.memoryUsage().heapUsed, rss: process.memoryUsage().rss }
}

const answers: Readonly<Record<Question, () => unknown>> = { begin, end, memory }

process.on("message", (question: Question) => process.send?.(answers[question]() ?? null))
process.on("disconnect", () => process.exit(0))
process.send?.((server.address() as AddressInfo).port)
