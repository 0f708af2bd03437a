import { bytesOf, draftOf, secretToken } from "./draft.ts"
import { type FuzzCase, sentinelId } from "./fuzz-case.ts"
import type { Ledger } from "./ledger.ts"
import { Line } from "./line.ts"
import type { Random } from "./random.ts"
import { BODY_TIMEOUT, BOUND, HEADERS_TIMEOUT, IDLE_TIMEOUT, QUIET } from "./timing.ts"

const SHORTEST = Math.min(BODY_TIMEOUT, HEADERS_TIMEOUT)

/** Sends cases one after another, mostly each on a connection of its own, and says what is wrong with what comes back. */
export class Client {
  readonly #port: number
  readonly #ledger: Ledger
  /**
   * How often each status was answered. `closed`: no answer; `reset`: none was waited for; `elsewhere`: no answer, at a
   * target that is not the webhook's, from an application that waits for the rest of a body.
   */
  readonly #counts: Map<string, number>
  #kept: Line | undefined
  /** The port of this side of the connection in use. */
  linePort = 0

  constructor(port: number, ledger: Ledger, counts: Map<string, number>) {
    this.#port = port
    this.#ledger = ledger
    this.#counts = counts
  }

  /** Sends a case and waits for its end. Gives back what is wrong, if anything. */
  async send(one: FuzzCase): Promise<string | undefined> {
    const { pieces, ending, answers, good, reusable } = one
    const started = Date.now()
    const line = await this.#line()
    await line.write(pieces)
    if (ending === "reset") {
      line.reset()
      this.#add("reset")
      return undefined
    }
    if (ending === "end") line.end()
    const ended = await line.until(() => line.answers.length > 0 || line.garbled !== undefined, BOUND)
    if (answers > 1) await line.until(() => line.answers.length >= answers, QUIET)
    const closed = ending !== "end" || (await line.until(() => false, BOUND))
    const statuses = this.#count(line)
    // A machine that has too much to do lets the server's limits pass between two pieces.
    const slow = Date.now() - started >= SHORTEST
    if (reusable && statuses[0] === 200 && !line.closed) this.#kept = line
    else line.destroy()
    if (!ended && !isOurs(pieces)) return this.#add("elsewhere")
    if (!ended) return `no answer and no end of the connection within ${BOUND} ms`
    if (!closed) return `the connection was not closed within ${BOUND} ms after the client had ended its side`
    if (line.garbled) return `what came back is not HTTP: ${JSON.stringify(line.garbled.toString("latin1"))}`
    if (statuses.includes(200) && !Buffer.concat(pieces).includes(secretToken))
      return "200 without the secret anywhere in the request"
    if (good && !slow && (statuses.length !== answers || statuses.some((status) => status !== 200)))
      return `a good delivery was answered with ${statuses.join(", ") || "nothing"}`
    return undefined
  }

  /** Delivers an untouched recording, which has to be handled. */
  async sendSentinel(count: number, random: Random): Promise<string | undefined> {
    const updateId = sentinelId(count)
    const bytes = bytesOf(draftOf(random, updateId))
    // Tried again as Telegram does (facts, 3.2): a connection that was kept may just have been closed.
    for (let tries = 0; tries < 3; tries++) {
      const started = Date.now()
      const line = await this.#line()
      await line.write([bytes])
      const ended = await line.until(() => line.answers.length > 0 || line.garbled !== undefined, BOUND)
      const statuses = this.#count(line)
      line.destroy()
      if (!ended) return `an untouched delivery got no answer within ${BOUND} ms`
      if (statuses.length === 1 && statuses[0] === 200) return undefined
      if ((statuses.length > 0 || line.garbled) && Date.now() - started < SHORTEST)
        return `an untouched delivery was answered with ${statuses.join(", ")}`
    }
    return "an untouched delivery got no 200, three times"
  }

  close(): void {
    this.#kept?.destroy()
    this.#kept = undefined
  }

  async #line(): Promise<Line> {
    const kept = this.#kept
    this.#kept = undefined
    const usable = kept && !kept.closed && Date.now() - kept.lastHeard < IDLE_TIMEOUT / 5
    if (!usable) kept?.destroy()
    const line = usable ? kept : await Line.open(this.#port)
    line.answers = []
    this.linePort = line.port
    return line
  }

  #count(line: Line): number[] {
    const statuses = line.answers.map(({ status }) => status)
    for (const status of statuses) {
      this.#add(String(status))
      if (status === 200) this.#ledger.read(line.port)
    }
    if (statuses.length === 0) this.#add("closed")
    return statuses
  }

  #add(what: string): undefined {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }
}

/** Whether the first request is for the webhook. Express's own 404 waits for a body to its end. */
function isOurs(pieces: readonly Buffer[]): boolean {
  return /^\s*\S+ \/telegram([?#]\S*)? /.test(Buffer.concat(pieces).toString("latin1"))
}
