import type { Delivery, Journal } from "../journal.ts"
import type { Clock } from "../clock/clock.ts"
import type { InFlight } from "./queues.ts"

/** How a delivery ended, as the journal tells it. */
export type Result = Pick<Delivery, "outcome"> & Partial<Pick<Delivery, "status" | "error" | "retryAt" | "reply">>

/** An update on its way to the webhook, with its entry in the journal. */
export class Attempt {
  readonly inFlight: InFlight
  readonly delivery: Delivery
  readonly #journal: Journal
  readonly #clock: Clock

  constructor(bot: number, inFlight: InFlight, journal: Journal, clock: Clock, fault: Delivery["fault"]) {
    const { update, failures } = inFlight.loaded
    this.inFlight = inFlight
    this.#journal = journal
    this.#clock = clock
    this.delivery = journal.delivery({
      bot,
      updateId: update.id,
      kind: update.kind,
      queue: String(inFlight.key),
      attempt: failures + 1,
      startedAt: clock.now(),
      ...(fault && { fault }),
    })
  }

  end(result: Result): void {
    Object.assign(this.delivery, result, { endedAt: this.#clock.now() })
    this.#journal.tell({ type: "delivery", delivery: this.delivery })
    this.#clock.changed()
  }
}
