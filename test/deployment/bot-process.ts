import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { onTestFinished } from "vitest"

/** How a process is started. */
export interface Way {
  readonly cwd?: string
  /** All of its variables. */
  readonly env: Record<string, string>
  readonly uid?: number
  readonly gid?: number
}

/** A bot in a process of its own. Killed when the test is over, if it still runs. */
export class BotProcess {
  /** Its exit code, or the signal that it died of. */
  readonly exited: Promise<number | string>
  readonly #child: ChildProcess
  #output = ""
  #changed: () => void = () => {}

  private constructor(child: ChildProcess) {
    this.#child = child
    this.exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | string)
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on("line", (line) => {
        this.#output += `${line}\n`
        this.#changed()
      })
    }
    onTestFinished(async () => {
      if (child.exitCode === null && child.signalCode === null) this.signal("SIGKILL")
      await this.exited
    })
  }

  /** Starts it, and waits until it says that it listens. */
  static async start([command = "", ...args]: readonly string[], way: Way): Promise<BotProcess> {
    const options: SpawnOptions = { ...way, stdio: ["ignore", "pipe", "pipe"] }
    const process = new BotProcess(spawn(command, args, options))
    await process.#listening()
    return process
  }

  get output(): string {
    return this.#output
  }

  signal(name: NodeJS.Signals): void {
    process.kill(childOf(this.#child.pid!) ?? this.#child.pid!, name)
  }

  async #listening(): Promise<void> {
    while (!/^Listening on /m.test(this.#output)) {
      const changed = new Promise<undefined>((resolve) => (this.#changed = () => resolve(undefined)))
      const code = await Promise.race([changed, this.exited])
      if (code !== undefined) throw new Error(`The bot has ended with ${code}:\n${this.#output}`)
    }
  }
}

/** The process that `unshare` waits for, if this is one: it passes no signals on. */
function childOf(pid: number): number | undefined {
  if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("unshare\0")) return undefined
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim())
}
