import type { Update } from "@hookgram/core"

/** The body of a delivery as Telegram writes it: facts, 1.2. A line feed after `update_id`, and `\uXXXX` in lower case. */
export function wireBody(update: Update): string {
  const { update_id, ...rest } = update
  const fields = Object.entries(rest).map(([name, value]) => `${JSON.stringify(name)}:${ascii(value)}`)
  return [`{"update_id":${update_id}`, ...fields.map((field) => `,\n${field}`), "}"].join("")
}

function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}

export interface WireOptions {
  readonly port: number
  readonly path?: string
  readonly secretToken?: string | undefined
}

/** The head of a delivery: header order and casing of facts, 1.1. Ends with the empty line. */
export function wireHead(body: string | Buffer, { port, path = "/telegram", secretToken }: WireOptions): string {
  return [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...(secretToken === undefined ? [] : [`X-Telegram-Bot-Api-Secret-Token: ${secretToken}`]),
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: keep-alive",
    "Accept-Encoding: gzip, deflate",
    "\r\n",
  ].join("\r\n")
}

/** A whole delivery, byte for byte as Telegram sends it. */
export function wireRequest(update: Update, options: WireOptions): string {
  const body = wireBody(update)
  return wireHead(body, options) + body
}
