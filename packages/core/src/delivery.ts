import type { Outcome } from "./outcome.ts"
import type { Run, Waiter } from "./run.ts"
import { Expiring, type Timeouts } from "./timeouts.ts"

/** Who decides what is answered at the deadline. */
interface Overdue {
  overdue(run: Run, delivery: Delivery): void
}

/** An HTTP delivery that waits for its run until the deadline. */
export class Delivery extends Expiring implements Waiter {
  readonly #run: Run
  readonly #dispatcher: Overdue
  readonly #deadlines: Timeouts
  readonly #resolve: (outcome: Outcome) => void

  constructor(run: Run, dispatcher: Overdue, deadlines: Timeouts, resolve: (outcome: Outcome) => void) {
    super()
    this.#run = run
    this.#dispatcher = dispatcher
    this.#deadlines = deadlines
    this.#resolve = resolve
  }

  settle(outcome: Outcome): void {
    this.#deadlines.stop(this)
    this.#resolve(outcome)
  }

  override expire(): void {
    this.#dispatcher.overdue(this.#run, this)
  }
}
