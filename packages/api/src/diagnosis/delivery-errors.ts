import { type Explanation, explain, type TextExplanation } from "./finding.ts"
import { explainStatus } from "./statuses.ts"

/** What `last_error_message` can say (facts, 3.1 and 3.7). The first that fits counts. */
const explanations: readonly TextExplanation[] = [
  {
    text: /^Wrong response from the webhook: (?!\d)/,
    code: "not_a_response",
    cause: "What the receiver sends is a request, not a response.",
    fix: "Check what listens at that port.",
  },
  {
    text: /^Read timeout expired/,
    code: "read_timeout",
    cause: "The receiver did not answer within 60 s. Telegram then sends the update again.",
    fix: "Answer before the handler is done: Hookgram's deadline does it, unless something holds the request up before it.",
  },
  {
    text: /^(Write timeout expired|Connection timed out)/,
    code: "connect_timeout",
    cause:
      "No connection came to be in 60 s, or the request could not be sent: a firewall drops it, or the address is wrong.",
    fix: "Open the port for 149.154.160.0/20 and 91.108.4.0/22, and see where DNS or ipAddress leads to.",
  },
  {
    text: /^Connection refused/,
    code: "connection_refused",
    cause: "Nothing listens at the address and the port of the webhook.",
    fix: "Start the receiver, on 0.0.0.0 and not on the loopback alone; check the port, and the forwarding of it.",
  },
  {
    text: /^(Connection reset by peer|Broken pipe|Connection closed)/,
    code: "connection_reset",
    cause:
      "The receiver broke the connection: it crashed, was restarted, or closes idle connections before Telegram's 60 s.",
    fix: "Set its keep-alive time-out above 60 s, such as 75 s, also in the proxy.",
  },
  {
    text: /^(No route to host|Network is (unreachable|down)|Host is (unreachable|down)|Cannot assign requested address|Permission denied)/,
    code: "unreachable",
    cause: "There is no way to the address of the webhook.",
    fix: "See where DNS or ipAddress leads to, and whether that network is up.",
  },
  {
    text: /certificate verify failed|self.signed certificate|unable to get (local )?issuer|certificate has expired|hostname mismatch/i,
    code: "certificate_invalid",
    cause:
      "Telegram does not trust the certificate: it is self-signed, expired, for another host, or intermediates are missing.",
    fix: "Serve the full chain; upload a self-signed certificate, or its root, with certificate; its CN or SAN must be the host.",
  },
  {
    text: /^(SSL error|Can't create an SSL connection)/,
    code: "tls_failed",
    cause: "The TLS handshake failed: no TLS at that port, or no version and cipher in common.",
    fix: "Serve TLS 1.2 or newer at the port of the URL, also if that is 80 or 88.",
  },
  {
    text: /^Can't connect to the webhook proxy/,
    code: "proxy_failed",
    cause: "The Bot API server does not reach the proxy that it was started with.",
    fix: "Check its option --proxy.",
  },
  {
    text: /^(Can't (connect to the webhook|create an SSL context)|Internal Server Error)/,
    code: "telegram_failed",
    cause: "The Bot API server itself could not open the connection.",
    fix: "Wait; with a server of your own, look at its log. If a certificate is set, set it again.",
  },
  {
    text: /unsupported content-encoding/i,
    code: "content_encoding",
    cause: "The answer is compressed with something other than gzip or deflate.",
    fix: "Switch compression off for the webhook's path.",
  },
  {
    text: /unsupported transfer-encoding|in chunked|chunk size|end of stream/i,
    code: "transfer_encoding",
    cause: "The answer is framed in a way that Telegram does not read.",
    fix: "Send Content-Length, or plain chunks without extensions; look at the proxy.",
  },
  {
    text: /^Request Header Fields Too Large/,
    code: "answer_head_too_large",
    cause: "The headers of the answer have more than 256 KiB.",
    fix: "See what sets them: the answer needs none.",
  },
  {
    text: /^Request Entity Too Large/,
    code: "answer_too_large",
    cause: "The answer has more than Telegram reads: 1 MiB of JSON, or 50 files.",
    fix: "Call the Bot API for large replies, and answer with an empty body.",
  },
  {
    text: /^Bad Request: .*(boundary|form.data|field name)/,
    code: "bad_form",
    cause: "The answer is a multipart/form-data that Telegram cannot read.",
    fix: "Call the Bot API to send files, and answer with an empty body.",
  },
  {
    text: /^(HTTP Version Not Supported|Not Implemented|Bad Request)/,
    code: "not_http",
    cause: "What the receiver answers is not HTTP/1.1, or is broken.",
    fix: "Check what listens at that port, and what compresses there; Telegram speaks neither HTTP/2 nor HTTP/3.",
  },
]

const unknown: Explanation = {
  code: "delivery_failed",
  cause: "The last delivery that failed did so for a reason that is not known here.",
  fix: "Look at what Telegram says, and at the receiver's log at that time.",
}

/** Explains what `getWebhookInfo` shows as `last_error_message`. */
export function explainDeliveryError(text: string): Explanation {
  const [, status] = /^Wrong response from the webhook: (\d+)/.exec(text) ?? []
  return status === undefined ? (explain(text, explanations) ?? unknown) : explainStatus(status)
}
