import type { Parameters } from "../api/parameters.ts"
import type { ResponseHead } from "./response-head.ts"

/** The longest wait that a receiver can ask for, in seconds (facts, 3.3). */
const LONGEST_WAIT = 3600

/** What a webhook answered to a delivery. */
export class WebhookAnswer {
  /** Of the body, among them `method` if a method is to be called (facts, 4). */
  readonly parameters: Parameters
  readonly #head: ResponseHead

  constructor(head: ResponseHead) {
    this.#head = head
    this.parameters = head.parameters.parameters
  }

  /** 0 if it was no answer but a request. */
  get status(): number {
    return this.#head.line.status
  }

  /** What stands behind the status. */
  get reason(): string {
    return this.#head.line.reason
  }

  /** Whether the connection may be used again. */
  get keepAlive(): boolean {
    return this.#head.keepAlive && this.#head.line.type === "RESPONSE"
  }

  /** The value of the first header of this name, which is in lower case. */
  header(name: string): string | undefined {
    return this.#head.first(name)
  }

  /** `Retry-After` in seconds, at most an hour; 0 if there is none, or none that counts (facts, 3.3). */
  get retryAfter(): number {
    const value = this.header("retry-after") ?? ""
    const seconds = /^(?:0|[1-9]\d{0,9})$/.test(value) ? Number(value) : 0
    return seconds < 2 ** 31 ? Math.min(seconds, LONGEST_WAIT) : 0
  }

  /** The `last_error_message`, or `undefined` if the update counts as delivered (facts, 3.7). */
  get error(): string | undefined {
    const { type, status, reason } = this.#head.line
    if (type !== "RESPONSE") return `Wrong response from the webhook: ${this.#dump()}`
    if (status >= 200 && status <= 299) return undefined
    return `Wrong response from the webhook: ${status} ${reason}`
  }

  /** A request as the server prints it. */
  #dump(): string {
    const { line, headers, keepAlive } = this.#head
    const parameters = [...this.parameters.texts].map(([name, value]) => `:[${name}:${value}]`).join("")
    const lines = headers.map(([name, value]) => `${name}=${Buffer.from(value, "latin1").toString()}\n`).join("")
    return `${line.type}:${line.path}${parameters}${keepAlive ? ":keep-alive" : ""}\n${lines}BEGIN CONTENT\nEND CONTENT\n`
  }
}
