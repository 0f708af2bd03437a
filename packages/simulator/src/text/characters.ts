/** How long a text is for Telegram's limits: in code points. */
export function characters(text: string): number {
  return Array.from(text).length
}

/** The first so many characters of a text. */
export function shortened(text: string, length: number): string {
  return Array.from(text).slice(0, length).join("")
}

/** A text in one line, without white space at its ends. */
export function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim()
}
