import type { Collector } from "./collector.ts"

const code = /%([0-9a-f]{2})/gi

/**
 * Undoes percent-encoding; what is none stays as it is.
 *
 * @param text one byte per character
 * @param plus whether a plus sign is a space
 */
export function percentDecode(text: string, plus: boolean): string {
  const spaced = plus ? text.replaceAll("+", " ") : text
  const bytes = spaced.replace(code, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, "latin1").toString()
}

/** Reads a query string, or a body of `application/x-www-form-urlencoded`: one byte per character. */
export function parseForm(text: string, collector: Collector): void {
  for (const pair of text.split("&")) {
    if (pair === "") continue
    const sign = pair.indexOf("=")
    const name = sign < 0 ? pair : pair.slice(0, sign)
    collector.text(percentDecode(name, true), sign < 0 ? "" : percentDecode(pair.slice(sign + 1), true))
  }
}
