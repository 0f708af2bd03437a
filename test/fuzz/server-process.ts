import { type ChildProcess, fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Measure, Note, Told } from "./messages.ts"

/** A fuzzed server in a process of its own, so that a crash of it is seen. */
export class ServerProcess {
  /** Where it listens. */
  readonly port: Promise<number>
  /** Why it is no more; `undefined` while it is. */
  gone: string | undefined
  /** All it has written to its standard error. */
  errors = ""
  readonly #process: ChildProcess
  #measured: ((measure: Measure | undefined) => void) | undefined
  #stopping = false

  /** @param onNotes is given what the process notes, in order */
  constructor(mount: string, onNotes: (notes: readonly Note[]) => void) {
    const script = fileURLToPath(new URL("server.ts", import.meta.url))
    const root = fileURLToPath(new URL("../../", import.meta.url))
    // Without warnings of deprecation: Express 4 and 5 and Koa read odd targets with `url.parse`.
    this.#process = fork(script, [mount], {
      cwd: root,
      execArgv: ["--expose-gc", "--no-deprecation", "--import", "tsx"],
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    })
    this.#process.stderr?.on("data", (chunk: Buffer) => (this.errors += chunk.toString()))
    this.port = new Promise((resolve, reject) => {
      this.#process.on("message", (told: Told) => {
        if ("port" in told) resolve(told.port)
        else if ("notes" in told) onNotes(told.notes)
        else this.#measured?.(told.measure)
      })
      this.#process.once("close", (code, signal) => {
        this.gone = `It has ended with ${signal ?? `code ${code}`}.`
        this.#measured?.(undefined)
        if (!this.#stopping) reject(new Error(`The server of ${mount} did not start: ${this.errors}`))
      })
    })
  }

  /** What the process holds once nothing is going on; `undefined` when it is gone. */
  measure(): Promise<Measure | undefined> {
    return new Promise((resolve) => {
      if (this.gone) return resolve(undefined)
      this.#measured = resolve
      this.#process.send("measure", (error) => error && resolve(undefined))
    })
  }

  async stop(): Promise<void> {
    this.#stopping = true
    if (this.gone) return
    const closed = new Promise((resolve) => this.#process.once("close", resolve))
    this.#process.kill()
    await closed
  }
}
