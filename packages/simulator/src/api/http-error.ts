/** What the status line says beside the statuses that {@link HttpError} has. */
const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  413: "Request Entity Too Large",
  415: "Unsupported Media Type",
  431: "Request Header Fields Too Large",
  501: "Not Implemented",
  505: "HTTP Version Not Supported",
}

/**
 * A message that breaks a rule of Telegram's HTTP parser, which is the same for calls of methods and for the answers of
 * a webhook (facts, 3.1 and 8.2). The connection it came on is of no use any more.
 */
export class HttpError extends Error {
  override readonly name = "HttpError"
  readonly status: number

  /** @param message as it becomes a webhook's `last_error_message` */
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }

  /** What Telegram writes back before it closes the connection: a bare status. */
  get answer(): string {
    return `HTTP/1.1 ${this.status} ${reasons[this.status] ?? "Bad Request"}\r\nContent-Length: 0\r\n\r\n`
  }
}
