import type { Claims } from "./claims.ts"
import { HookgramError } from "./errors.ts"
import type { Events } from "./events.ts"
import type { ResolvedOptions } from "./options.ts"
import type { Outcome } from "./outcome.ts"
import type { Process } from "./process.ts"
import type { WebhookRequest } from "./request.ts"
import type { Run } from "./run.ts"
import { type Runs, within } from "./runs.ts"

/** Milliseconds that an answer waits for its success to be noted, where that could not be done afterwards. */
const NOTING = 1000

/** Milliseconds between two looks for dead runs. */
const LOOK = 1000

/** What is done for hosts that stop what belongs to a request when that is over. */
export class Hosts {
  readonly #lease: number
  readonly #runs: Runs
  readonly #claims: Claims
  readonly #process: Process
  readonly #events: Events
  /** In Unix milliseconds. */
  #looked = 0

  constructor({ lease }: ResolvedOptions, runs: Runs, claims: Claims, process: Process, events: Events) {
    this.#lease = lease
    this.#runs = runs
    this.#claims = claims
    this.#process = process
    this.#events = events
  }

  /** Hands a run that goes on after the answer to its host; where that stops everything, waits until a success is noted. */
  async leave({ ended }: Run, { result }: Outcome, request: WebhookRequest): Promise<void> {
    if (request.waitUntil) this.#handOver(ended, request)
    else if (result === "handled") await within(NOTING, ended)
  }

  /** Puts away runs whose heart no longer beats: a host has dropped them together with the request that started them. */
  bury(now: number, request: WebhookRequest): void {
    if (now - this.#looked < LOOK) return
    this.#looked = now
    for (const run of this.#runs.all()) {
      if (now - run.seen <= this.#lease) continue
      this.#claims.lose(run)
      const error = new HookgramError("lease_lost", "The host has stopped this run before it was done.")
      this.#handOver(this.#process.abandon(run, error), request)
      this.#runs.remove(run)
    }
  }

  /** A host that does not take it changes no answer. */
  #handOver(rest: Promise<void>, request: WebhookRequest): void {
    try {
      request.waitUntil?.(rest)
    } catch (error) {
      this.#events.emit("faulted", undefined, { error })
    }
  }
}
