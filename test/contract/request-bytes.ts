import { secretToken } from "../support/application.ts"

/** In what a request is unlike Telegram's. */
export interface Difference {
  readonly method?: string
  readonly target?: string
  readonly version?: "HTTP/1.0" | "HTTP/1.1"
  /** By name, as Telegram spells it: another value, several for a line each, or `undefined` to leave the header out. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** The head of a request like Telegram's own (facts, 1.1) except for the `difference`, with the empty line at its end. */
export function requestHead(body: string | Buffer, difference: Difference = {}): Buffer {
  const { method = "POST", target = "/telegram", version = "HTTP/1.1" } = difference
  const headers = {
    Host: "127.0.0.1",
    "X-Telegram-Bot-Api-Secret-Token": secretToken,
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "keep-alive",
    "Accept-Encoding": "gzip, deflate",
    ...difference.headers,
  }
  const lines = Object.entries(headers).flatMap(([name, value = []]) =>
    [value].flat().map((each) => `${name}: ${each}`),
  )
  return Buffer.from([`${method} ${target} ${version}`, ...lines, "\r\n"].join("\r\n"), "latin1")
}

/** A whole request like Telegram's own except for the `difference`. */
export function requestBytes(body: string | Buffer, difference?: Difference): Buffer {
  return Buffer.concat([requestHead(body, difference), Buffer.from(body)])
}

/** Makes a request chunked, which Telegram's never are (facts, 1.1), though a proxy in between may do so. */
export const chunked: Difference["headers"] = { "Content-Length": undefined, "Transfer-Encoding": "chunked" }

/** One chunk of a chunked body; an empty one ends it. */
export function chunk(bytes: string | Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${Buffer.byteLength(bytes).toString(16)}\r\n`),
    Buffer.from(bytes),
    Buffer.from("\r\n"),
  ])
}
