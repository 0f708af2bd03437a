import type { Collector } from "./collector.ts"
import { JsonText } from "./json-text.ts"

/**
 * Reads the pairs of a JSON object, up to its end or to the first fault: that is not an error, and what stands before it
 * counts. A value that is no string is kept as its JSON source, `null` too (facts, 4 and 8.2).
 */
export function parseJsonPairs(text: string, collector: Collector): void {
  const json = new JsonText(text)
  json.skipSpace()
  if (!json.skip("{")) return
  do {
    json.skipSpace()
    const name = json.string()
    if (name === undefined) return
    json.skipSpace()
    if (!json.skip(":")) return
    json.skipSpace()
    const value = json.isNext('"') ? json.string() : json.source()
    if (value === undefined) return
    collector.text(name, value)
    json.skipSpace()
  } while (json.skip(","))
}
