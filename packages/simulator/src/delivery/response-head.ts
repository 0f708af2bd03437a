import { Collector } from "../api/collector.ts"
import { parseForm } from "../api/form.ts"
import { parseHeaderLines } from "../api/header-lines.ts"
import { HttpError } from "../api/http-error.ts"
import { type FirstLine, parseFirstLine } from "./response-line.ts"

/** The head of what a webhook sent: of an answer, or of what parses as a request (facts, 3.1 and 3.7). */
export class ResponseHead {
  readonly line: FirstLine
  /** In their order, with names in lower case, one byte per character. */
  readonly headers: [name: string, value: string][]
  /** Of a request's query so far. */
  readonly parameters: Collector = new Collector()

  /** @param lines up to the empty line, each with its CRLF, one byte per character */
  constructor(lines: string) {
    this.line = parseFirstLine(lines)
    const { end, query } = this.line
    const headers = lines[end + 1] === "\n" ? parseHeaderLines(lines, end + 2) : undefined
    if (!headers) throw new HttpError(400, "Bad Request")
    this.headers = headers
    if (query) parseForm(query, this.parameters)
  }

  /** Whether the sender keeps the connection open: every `Connection` but `close` says so. */
  get keepAlive(): boolean {
    const connection = this.last("connection")
    return connection === undefined ? this.line.version === "HTTP/1.1" : connection.toLowerCase() !== "close"
  }

  /** A header's value: of repeated ones the last, as the parser has it. */
  last(name: string): string | undefined {
    return this.headers.findLast(([header]) => header === name)?.[1]
  }

  /** A header's value: of repeated ones the first, as those have it who ask the parser. */
  first(name: string): string | undefined {
    return this.headers.find(([header]) => header === name)?.[1]
  }
}
