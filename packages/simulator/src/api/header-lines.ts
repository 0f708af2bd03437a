const spaces = " \t\r\n\0\v"

/**
 * Reads header lines, each with its CRLF. A line without a colon runs on into the next one, and a line that begins with
 * white space belongs to the one before.
 *
 * @param text one byte per character
 * @returns names in lower case with their values, or `undefined` if a line is broken
 */
export function parseHeaderLines(text: string, start = 0): [name: string, value: string][] | undefined {
  const lines: [string, string][] = []
  for (let at = start; at < text.length;) {
    const colon = text.indexOf(":", at)
    if (colon < 0) return undefined
    let end = colon
    let next: string | undefined
    do {
      end = text.indexOf("\r", end + 1)
      if (end < 0 || text[end + 1] !== "\n") return undefined
      next = text[end + 2]
    } while (next === " " || next === "\t")
    lines.push([trim(text.slice(at, colon)).toLowerCase(), trim(text.slice(colon + 1, end))])
    at = end + 2
  }
  return lines
}

/** Takes off the white space at both ends, or what Telegram's parser takes for it. */
export function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && spaces.includes(text.charAt(start))) start++
  while (start < end && spaces.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}
