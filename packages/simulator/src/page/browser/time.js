const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" })
const exact = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" })
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" })

/** @param {number} seconds Unix seconds */
export function timeOf(seconds) {
  return clock.format(seconds * 1000)
}

/** The names of days, by quarters of an hour, which lie within one day in all time zones. @type {Map<number, string>} */
const days = new Map()

/** @param {number} seconds Unix seconds */
export function dayOf(seconds) {
  const quarter = Math.floor(seconds / 900)
  const name = days.get(quarter) ?? day.format(seconds * 1000)
  days.set(quarter, name)
  return name
}

/** @param {number} milliseconds Unix milliseconds */
export function exactTime(milliseconds) {
  return exact.format(milliseconds)
}

/**
 * A length of time, as short as it can be said.
 *
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000
  if (milliseconds < 999.5) return `${Math.max(0, Math.round(milliseconds))} ms`
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
