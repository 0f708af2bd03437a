import { lookup as systemLookup } from "node:dns/promises"
import { isIP, isIPv4 } from "node:net"
import type { Clock } from "../clock/clock.ts"

/** Gives the addresses of a host; rejects with an error like those of `node:dns`. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** How long an answer is kept, in milliseconds: an address, and that there is none (facts, 5.3). */
const KEPT = 29 * 60_000
const FAILURE_KEPT = 5 * 60_000

/** What the system's resolver calls its errors. */
const reasons: Record<string, string> = {
  ENOTFOUND: "Name or service not known",
  ENODATA: "No address associated with hostname",
  EAI_AGAIN: "Temporary failure in name resolution",
  EAI_NODATA: "No address associated with hostname",
}

/** Looks hosts up as the server process does: one cache for all bots. */
export class Names {
  readonly #clock: Clock
  readonly #lookup: Lookup
  readonly #cache = new Map<string, { until: number; answer: Promise<string> }>()

  constructor(clock: Clock, lookup: Lookup = addresses) {
    this.#clock = clock
    this.#lookup = lookup
  }

  /**
   * The first IPv4 address of a host, or its first address if it has no IPv4 one.
   *
   * @throws an error whose message is the reason, such as `Name or service not known`
   */
  resolve(host: string): Promise<string> {
    if (isIP(host)) return Promise.resolve(host)
    const cached = this.#cache.get(host)
    if (cached && cached.until > this.#clock.now()) return cached.answer
    const release = this.#clock.hold()
    const answer = this.#ask(host).finally(release)
    const entry = { until: Infinity, answer }
    const keep = (milliseconds: number) => {
      entry.until = this.#clock.now() + milliseconds
    }
    answer.then(
      () => keep(KEPT),
      () => keep(FAILURE_KEPT),
    )
    this.#cache.set(host, entry)
    return answer
  }

  async #ask(host: string): Promise<string> {
    try {
      const found = await this.#lookup(host)
      const address = found.find((one) => isIPv4(one)) ?? found[0]
      if (address !== undefined) return address
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException
      throw new Error(reasons[code] ?? message, { cause: error })
    }
    throw new Error("No address associated with hostname")
  }
}

async function addresses(host: string): Promise<string[]> {
  return (await systemLookup(host, { all: true })).map(({ address }) => address)
}
