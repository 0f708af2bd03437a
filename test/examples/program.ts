import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import type { Update } from "@hookgram/core"
import { Connection, type WireAnswer } from "../support/connection.ts"
import { wireRequest } from "../support/wire.ts"

/** The folder of the workspace, from which an example is run. */
const workspace = new URL("../../", import.meta.url)

/** A program in a process of its own. */
export class Program {
  readonly #child: ChildProcess
  readonly #lines: string[] = []
  readonly #exited: Promise<number | string>
  readonly #connections: Connection[] = []
  #errors = ""
  #changed: () => void = () => {}
  #port = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#exited = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string)
    child.stderr?.on("data", (chunk) => (this.#errors += chunk))
    createInterface({ input: child.stdout! }).on("line", (line) => {
      this.#lines.push(line)
      this.#changed()
    })
  }

  /**
   * Runs a TypeScript file, named from the workspace, and waits until it prints the address it listens on. `imports` are
   * loaded ahead of it.
   */
  static async start(file: string, env: Record<string, string>, imports: readonly string[] = []): Promise<Program> {
    const program = new Program(run(file, env, imports))
    const line = await program.line(/^Listening on http/)
    program.#port = Number(new URL(line.replace("Listening on ", "")).port)
    return program
  }

  /** Runs one that need not listen. */
  static run(file: string, env: Record<string, string>, args: readonly string[] = []): Program {
    return new Program(run(file, env, [], args))
  }

  get port(): number {
    return this.#port
  }

  /** Its exit code, or the signal that it died of, when it has ended. */
  get exited(): Promise<number | string> {
    return this.#exited
  }

  /** What it has written to stderr. */
  get errors(): string {
    return this.#errors
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  /** The first line that it has printed, or will, that matches. Rejects when the program ends without it. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.#lines.find((line) => pattern.test(line))
      if (found !== undefined) return found
      const changed = new Promise<undefined>((resolve) => (this.#changed = () => resolve(undefined)))
      const code = await Promise.race([changed, this.#exited])
      if (code !== undefined)
        throw new Error(
          `The program has ended with ${code}, without ${pattern}:\n${this.#lines.join("\n")}\n${this.#errors}`,
        )
    }
  }

  async connect(): Promise<Connection> {
    const connection = await Connection.open(this.port)
    this.#connections.push(connection)
    return connection
  }

  /** Delivers an update as Telegram does. The connection stays open, as Telegram's does (facts, 1.3). */
  async deliver(update: Update, options: { path?: string; secretToken?: string } = {}): Promise<WireAnswer> {
    const connection = await this.connect()
    connection.write(wireRequest(update, { port: this.port, secretToken, ...options }))
    return connection.answer()
  }

  get(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`)
  }

  /** Resolves once the webhook takes nothing more: it answers 503 before it looks at the request, or nobody listens. */
  async refuses(): Promise<void> {
    for (;;) {
      const request = { method: "POST", headers: { "x-telegram-bot-api-secret-token": secretToken } }
      const answer = await fetch(`http://127.0.0.1:${this.port}/telegram`, request).catch(() => undefined)
      if (!answer || answer.status === 503) return
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Asks it to end, and gives back its exit code, or the signal that it died of. */
  terminate(): Promise<number | string> {
    this.signal("SIGTERM")
    return this.#exited
  }

  /** Ends it if it still runs. */
  async kill(): Promise<void> {
    for (const connection of this.#connections) connection.destroy()
    this.#child.kill("SIGKILL")
    await this.#exited
  }
}

/** A process with these variables and no others but PATH. */
function run(
  file: string,
  env: Record<string, string>,
  imports: readonly string[],
  args: readonly string[] = [],
): ChildProcess {
  const options = ["tsx", ...imports].flatMap((module) => ["--import", module])
  const variables = { PATH: process.env["PATH"], ...env }
  return spawn(process.execPath, [...options, file, ...args], {
    cwd: workspace,
    env: variables,
    stdio: ["ignore", "pipe", "pipe"],
  })
}

export const secretToken = "A-valid_secret-token-1"

/** The address of an example's file, from the workspace. */
export function example(name: string): string {
  return `examples/${name}.ts`
}
