import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createClient, type RedisClientType } from "redis"
import { describe, onTestFinished } from "vitest"
import { service } from "./services.ts"

const { path: server, absent } = service("redis-server", "What needs Redis")

/** Tests that need Redis. */
export function describeWithRedis(name: string, tests: () => void): void {
  describe.skipIf(absent !== undefined)(absent === undefined ? name : `${name} (${absent})`, tests)
}

/** A Redis of its own, at a socket in a folder of its own, which keeps what it has in memory. */
export class TestRedis {
  readonly #folder = mkdtempSync(join(tmpdir(), "hookgram-redis-"))
  readonly path: string = join(this.#folder, "redis.sock")
  #child: ChildProcess | undefined

  /** Starts one, which ends with the test. */
  static async start(): Promise<TestRedis> {
    const redis = new TestRedis()
    onTestFinished(async () => {
      await redis.kill()
      rmSync(redis.#folder, { recursive: true, force: true })
    })
    await redis.start()
    return redis
  }

  /** Starts it again, with nothing in it. */
  async start(): Promise<void> {
    const options = ["--port", "0", "--unixsocket", this.path, "--save", "", "--dir", this.#folder]
    const child = spawn(server, options, { stdio: ["ignore", "pipe", "inherit"] })
    this.#child = child
    let output = ""
    while (!/ready to accept connections/i.test(output)) {
      const [chunk] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [unknown]
      if (!Buffer.isBuffer(chunk)) throw new Error(`redis-server has ended:\n${output}`)
      output += chunk.toString()
    }
    child.stdout.resume()
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill("SIGKILL")
    await once(child, "exit")
  }

  /** Has it keep its connections and answer nothing. */
  pause(): void {
    this.#child?.kill("SIGSTOP")
  }

  resume(): void {
    this.#child?.kill("SIGCONT")
  }

  /** A connected client, which ends with the test. It connects again by itself, and soon. */
  async client(RESP: 2 | 3 = 3): Promise<RedisClientType> {
    const client = createClient({ RESP, socket: { path: this.path, tls: false, reconnectStrategy: 50 } })
    client.on("error", () => {}) // who uses it sees it
    await client.connect()
    onTestFinished(() => {
      if (client.isOpen) client.destroy()
    })
    return client as RedisClientType
  }
}
