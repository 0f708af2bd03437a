/** All beyond ASCII, half a surrogate pair at a time. */
// eslint-disable-next-line no-control-regex -- the range is ASCII
const beyond = /[^\u0000-\u007f]/g

/**
 * JSON as Telegram writes it: no white space, all beyond ASCII as `\uXXXX` in lower case, `/` as it is (facts, 1.2).
 */
export function stringify(value: unknown): string {
  return JSON.stringify(value).replace(beyond, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
}
