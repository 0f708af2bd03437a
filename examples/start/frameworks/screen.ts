import type { Board } from "./board.ts"
import type { Look } from "./table.ts"

/** Where the table is shown: `process.stdout`, or anything that can be written to. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** Shows a board: on a terminal as a table that fills up in place, elsewhere line by line as steps are completed. */
export class Screen {
  readonly #board: Board
  readonly #output: Output
  readonly #live: boolean
  /** Lines of the table on the terminal, or steps already printed. */
  #shown = 0

  constructor(board: Board, output: Output) {
    this.#board = board
    this.#output = output
    const lines = this.#tableLines().length
    // A table higher than the terminal cannot be drawn over: its top is out of reach.
    this.#live = output.isTTY === true && process.env["TERM"] !== "dumb" && lines < (output.rows ?? 0)
    this.#write(board.head(this.#look))
    this.update()
  }

  /** Shows what is new. */
  update(): void {
    if (this.#live) {
      const lines = this.#tableLines()
      this.#write(lines, this.#shown > 0 ? `\u001b[${this.#shown}A\u001b[J` : "")
      this.#shown = lines.length
      return
    }
    for (
      let step = this.#board.steps[this.#shown];
      step && this.#board.isComplete(step);
      step = this.#board.steps[this.#shown]
    ) {
      this.#write([this.#board.stepLine(step, this.#look)])
      this.#shown++
    }
  }

  /** Shows the end. */
  finish(seconds: number): void {
    if (!this.#live) this.#write(["", ...this.#board.totalLines(this.#look)])
    this.#write(["", ...this.#board.closing(seconds, this.#look)])
  }

  /** What changes while the steps are taken. */
  #tableLines(): string[] {
    const look = this.#look
    return [...this.#board.steps.map((step) => this.#board.stepLine(step, look)), "", ...this.#board.totalLines(look)]
  }

  get #look(): Look {
    const { isTTY, columns } = this.#output
    return {
      width: Math.min(Math.max(columns ?? 100, 50), 110),
      colour: isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb",
    }
  }

  #write(lines: readonly string[], before = ""): void {
    this.#output.write(before + lines.map((line) => `${line}\n`).join(""))
  }
}
