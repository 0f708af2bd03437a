export type Tone = "plain" | "good" | "bad" | "faint" | "strong"

/** A text in one tone. Its length is its width on the screen. */
export interface Piece {
  readonly text: string
  readonly tone?: Tone
}

export interface Row {
  readonly title: string
  /** What is left out where there is no room for it. */
  readonly remark: string
  /** One for each application. */
  readonly cells: readonly Piece[]
}

export interface Look {
  /** The most characters in a line. */
  readonly width: number
  readonly colour: boolean
}

const codes: Record<Tone, string> = {
  plain: "",
  good: "\u001b[32m",
  bad: "\u001b[31m",
  faint: "\u001b[2m",
  strong: "\u001b[1m",
}
const CELL = 10
const GAP = "  "

/** A line of the table. */
export function rowLine({ title, remark, cells }: Row, { width, colour }: Look, tone: Tone = "plain"): string {
  const left = width - cells.length * (CELL + GAP.length)
  // The remark has a column of its own where there is room for it and for the titles.
  const remarkWidth = left >= 64 ? 38 : 0
  const titleWidth = Math.min(left - (remarkWidth > 0 ? remarkWidth + GAP.length : 0), 26)
  const pieces: Piece[] = [
    { text: fit(title, titleWidth), tone },
    ...(remarkWidth > 0 ? [{ text: GAP + fit(remark, remarkWidth), tone: "faint" as const }] : []),
    ...cells.flatMap((cell) => [{ text: GAP }, { tone, ...cell, text: fit(cell.text, CELL) }]),
  ]
  return pieces
    .map((piece) => paint(piece.text, piece.tone ?? "plain", colour))
    .join("")
    .trimEnd()
}

export function paint(text: string, tone: Tone, colour: boolean): string {
  return colour && tone !== "plain" ? `${codes[tone]}${text}\u001b[0m` : text
}

function fit(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text.padEnd(width)
}

/** A text in lines of at most `width`, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(" ")) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
