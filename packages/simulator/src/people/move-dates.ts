/** A field whose name ends in "date", with its number. In a string, its quotation marks would have backslashes. */
const dateFields = /"((?:\w+_)?date)"(\s*:\s*)(\d+)/g

/** The dates that say when the event itself happened, the latest of which counts. */
const eventDates: ReadonlySet<string> = new Set(["edit_date", "date", "add_date", "remove_date"])

/**
 * Moves all dates in a JSON text, but for zeros, by the same number of seconds: by as much as makes the event happen `now`.
 * The rest of the text stays as it is.
 */
export function moveDates(text: string, now: number): string {
  const content = JSON.parse(text) as Record<string, unknown>
  const happened = eventDate(content) ?? eventDate((content.boost ?? {}) as Record<string, unknown>)
  if (happened === undefined) return text
  const by = now - happened
  return text.replaceAll(dateFields, (field, name: string, colon: string, date: string) =>
    Number(date) > 0 ? `"${name}"${colon}${Number(date) + by}` : field,
  )
}

function eventDate(content: Record<string, unknown>): number | undefined {
  const dates = Object.entries(content).filter(([name, value]) => eventDates.has(name) && Number(value) > 0)
  return dates.length > 0 ? Math.max(...dates.map(([, value]) => Number(value))) : undefined
}
