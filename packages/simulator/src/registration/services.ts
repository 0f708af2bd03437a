import type { Parameters } from "../api/parameters.ts"
import type { Bot } from "../bot.ts"
import type { Clock } from "../clock/clock.ts"
import { Faults } from "../delivery/faults.ts"
import { Refusals } from "../methods/refusals.ts"
import { type Lookup, Names } from "./names.ts"

/** What all bots share of the server that delivers for them. */
export class Services {
  /** Whether to refuse what api.telegram.org refuses: plain http, other ports, private addresses (facts, 5.6). */
  readonly strict: boolean
  /** When the server was started, in Unix milliseconds. */
  readonly startedAt: number
  /** All bots, those of Telegram's test environment too. */
  readonly bots: Set<Bot> = new Set()
  readonly names: Names
  readonly faults: Faults = new Faults()
  readonly refusals: Refusals = new Refusals()
  /** Calls the method that the answer to a delivery asks for. */
  reply: (bot: Bot, parameters: Parameters) => void = () => {}

  constructor(clock: Clock, strict = false, lookup?: Lookup) {
    this.strict = strict
    this.startedAt = clock.now()
    this.names = new Names(clock, lookup)
  }
}
