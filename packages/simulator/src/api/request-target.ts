import { percentDecode } from "./form.ts"

/** The path of a request, decoded, and the query: what follows its question mark, one byte per character. */
export interface RequestTarget {
  readonly path: string
  readonly query: string
}

/** Takes apart what stands between method and version. A fragment is none to Telegram: it belongs to the query. */
export function splitTarget(target: string): RequestTarget {
  const end = /[?#]|$/.exec(target)?.index ?? target.length
  const query = target[end] === "?" ? target.slice(end + 1) : ""
  return { path: percentDecode(target.slice(0, end), false), query }
}
