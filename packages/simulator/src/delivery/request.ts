import type { StoredUpdate } from "../updates/list.ts"
import type { WebhookUrl } from "./url.ts"

/** The buffer that request line and headers must fit in, less its reserve, in bytes (facts, 1.1). */
const HEAD_BYTES = 4096 - 30

/**
 * What is written to the webhook, byte for byte (facts, 1.1 and 1.2), one byte per character.
 *
 * @returns a function that gives the request for an update, or `undefined` when the head is too long: Telegram's server
 * then sends nothing and says nothing
 */
export function requestWriter(url: WebhookUrl, secretToken: string): (update: StoredUpdate) => string | undefined {
  const authorization = url.userInfo && `Authorization: Basic ${Buffer.from(url.userInfo).toString("base64")}\r\n`
  const secret = secretToken && `X-Telegram-Bot-Api-Secret-Token: ${secretToken}\r\n`
  const target = Buffer.from(url.target).toString("latin1")
  const before = `POST ${target} HTTP/1.1\r\nHost: ${url.hostHeader}\r\n${authorization}${secret}Content-Type: application/json\r\nContent-Length: `
  const after = "\r\nConnection: keep-alive\r\nAccept-Encoding: gzip, deflate\r\n\r\n"
  return ({ id, kind, text }) => {
    const body = `{"update_id":${id},\n"${kind}":${text}}`
    const head = `${before}${body.length}${after}`
    return head.length < HEAD_BYTES ? head + body : undefined
  }
}
