import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { Client } from "./load.ts"
import type { Memory, Question, Usage } from "./server.ts"
import type { Subject } from "./subjects.ts"

/** A subject's server in a process of its own, and a client of it here. */
export class Running {
  readonly subject: Subject
  readonly #process: ChildProcess
  readonly #client: Client

  private constructor(subject: Subject, child: ChildProcess, client: Client) {
    this.subject = subject
    this.#process = child
    this.#client = client
  }

  /** @param wrapper a program that runs Node, with its arguments */
  static async start(
    subject: Subject,
    folder: string,
    connections: number,
    wrapper: readonly string[] = [],
  ): Promise<Running> {
    const [program = "", ...args] = [
      ...wrapper,
      process.execPath,
      "--expose-gc",
      join(folder, "server.js"),
      subject.framework,
      subject.name,
    ]
    const child = spawn(program, args, {
      env: { ...process.env, NODE_ENV: "production", NODE_OPTIONS: "" },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    })
    const port = await next<number>(child)
    return new Running(subject, child, await Client.open(port, connections))
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Delivers without measuring. */
  async warmUp(requests: number): Promise<void> {
    await this.#client.deliver(requests)
  }

  /** Delivers, and says what it cost. */
  async measure(requests: number): Promise<Window> {
    await this.#ask("begin")
    const began = performance.now()
    const times = (await this.#client.deliver(requests)).toSorted()
    const seconds = (performance.now() - began) / 1000
    const { cpu } = await this.#end(requests)
    return {
      cpu: cpu / requests,
      throughput: requests / seconds,
      p50: times[Math.floor(requests * 0.5)]!,
      p99: times[Math.floor(requests * 0.99)]!,
    }
  }

  /** Delivers one at a time, and gives back the KiB that survived a young collection for each request. */
  async garbage(requests: number): Promise<number> {
    await this.#ask("begin")
    await this.#client.deliver(requests, 1)
    return (await this.#end(requests)).survived / requests / 1024
  }

  async #end(requests: number): Promise<Usage> {
    const usage = await this.#ask<Usage>("end")
    const { framework, name } = this.subject
    if (usage.handled !== requests)
      throw new Error(`${name} on ${framework} handled ${usage.handled} of ${requests} updates`)
    return usage
  }

  memory(): Promise<Memory> {
    return this.#ask<Memory>("memory")
  }

  async stop(): Promise<void> {
    this.#client.close()
    const exited = once(this.#process, "exit")
    this.#process.disconnect()
    await exited
  }

  #ask<Answer>(question: Question): Promise<Answer> {
    const answer = next<Answer>(this.#process)
    this.#process.send(question)
    return answer
  }
}

/** What a number of deliveries cost. */
export interface Window {
  /** Microseconds of CPU time per request. */
  readonly cpu: number
  /** Requests per second. */
  readonly throughput: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

async function next<Message>(child: ChildProcess): Promise<Message> {
  const exit = new AbortController()
  const { signal } = exit
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([message]) => message as Message),
      once(child, "exit", { signal }).then(([code]) => Promise.reject(new Error(`A server ended with ${code}`))),
    ])
  } finally {
    exit.abort()
  }
}
