import type { Timeouts } from "./timeouts.ts"

/**
 * An HTTP request as the core sees it: four questions, asked only when the answer is needed. A framework's adapter
 * answers them; see `NodeRequest` in `@hookgram/node` for the one that all Node frameworks share.
 */
export interface WebhookRequest {
  /** The HTTP method, in upper case. */
  readonly method: string
  /** The value of a header, named in lower case; several values of one name joined by a comma. */
  header(name: string): string | undefined
  /** The peer's IP address as the framework reports it, which knows its trusted proxies. */
  address(): string | undefined
  /**
   * The body: read now, or what a parser in front left of it (an object, a string or bytes).
   *
   * @throws HookgramError `body_too_large`, `body_timeout`, `body_aborted` (the peer is gone), or `body_consumed`
   * (somebody has read the body and left nothing)
   */
  body(limits: BodyLimits): Promise<unknown>
  /**
   * Only where the host runs code for the sake of single requests and stops it afterwards, as Workers do: takes what of
   * an update's run goes on after the answer, until it has ended.
   */
  waitUntil?(rest: Promise<void>): void
  /**
   * Only where the host stops everything at the answer, as Lambda does: the milliseconds that it leaves for one. Telegram
   * is told 503 when they or the `deadline` are over, and never 200 for what the host would not let happen.
   */
  timeLeft?(): number
}

/** What a request's body is held to. */
export interface BodyLimits {
  /** The most bytes to read. */
  readonly bytes: number
  /** How long all of them may take: `start` it with the reader, and `stop` it. */
  readonly timeouts: Timeouts
}

/** What an adapter writes back, as it is. The body is ASCII, so its length in characters is its length in bytes. */
export interface WebhookResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}
