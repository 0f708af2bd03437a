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
  /** The host stops the run when this delivery is answered, so that no promise would be kept. */
  readonly isLast: boolean

  constructor(
    run: Run,
    dispatcher: Overdue,
    deadlines: Timeouts,
    isLast: boolean,
    resolve: (outcome: Outcome) => void,
  ) {
    super()
    this.isLast = isLast
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
