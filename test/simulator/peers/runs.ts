import type { Simulator } from "@hookgram/simulator"
import type { Work } from "./subject.ts"
import type { Trouble } from "./troubles.ts"

/** The runs of a handler in trouble. */
export class Runs {
  begun = 0
  completed = 0
  going = 0
  /** Resolves when the process dies. */
  readonly death: Promise<void>
  /** What was left of the process that died goes away. */
  bury = (): void => {}
  readonly #telegram: Simulator
  readonly #trouble: Trouble
  readonly #burial: Promise<void>
  #die = (): void => {}

  constructor(telegram: Simulator, trouble: Trouble) {
    this.#telegram = telegram
    this.#trouble = trouble
    this.death = new Promise((resolve) => (this.#die = resolve))
    this.#burial = new Promise((resolve) => (this.bury = resolve))
  }

  readonly work: Work = async () => {
    const { takes, fails, diesAfter } = this.#trouble
    const isFirst = ++this.begun === 1
    const dies = isFirst && diesAfter !== undefined
    this.going++
    await this.#telegram.sleep(dies ? diesAfter : takes)
    this.going--
    if (dies) {
      this.#die()
      return this.#burial
    }
    const failed = isFirst && fails
    if (!failed) this.completed++
    // For whoever waits until none is going.
    this.#telegram.world.clock.changed()
    if (failed) throw new Error("The handler fails.")
  }
}
