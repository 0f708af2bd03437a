/** What the operating system calls errors of sockets, as `last_error_message` shows them (facts, 3.7). */
const texts: Record<string, string> = {
  ECONNREFUSED: "Connection refused",
  ECONNRESET: "Connection reset by peer",
  ETIMEDOUT: "Connection timed out",
  EHOSTUNREACH: "No route to host",
  ENETUNREACH: "Network is unreachable",
  EPIPE: "Broken pipe",
  EADDRNOTAVAIL: "Cannot assign requested address",
  EACCES: "Permission denied",
}

/** Errors of certificates that OpenSSL sums up as `certificate verify failed`. */
const certificate = /CERT|SELF_SIGNED|ISSUER|SIGNATURE|ALTNAME/

/** The text that Telegram records for an error of a connection. */
export function describeSocketError(error: NodeJS.ErrnoException): string {
  const code = error.code ?? ""
  const text = texts[code]
  if (text) return text
  if (certificate.test(code)) return "SSL error {error:0A000086:SSL routines::certificate verify failed}"
  const [openssl] = /error:[0-9A-F]{8}:[^:]*:[^:]*:[^:]*/.exec(error.message) ?? []
  return openssl ? `SSL error {${openssl}}` : error.message
}
