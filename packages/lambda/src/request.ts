import { type BodyLimits, HookgramError, type WebhookRequest } from "@hookgram/core"
import { headersOf, type LambdaContext, type LambdaEvent } from "./event.ts"

/** Milliseconds of a function's time that are kept for the way of the answer. */
const MARGIN = 500

/**
 * A Lambda event as the core sees it.
 *
 * @example
 * const handler = async (event: LambdaEvent, context: LambdaContext) => {
 *   const { status, headers, body = "" } = await webhook.receive(new LambdaRequest(event, context))
 *   return { statusCode: status, headers, body }
 * }
 */
export class LambdaRequest implements WebhookRequest {
  readonly #event: LambdaEvent
  readonly #context: LambdaContext
  readonly #headers: ReadonlyMap<string, string>

  constructor(event: LambdaEvent, context: LambdaContext) {
    this.#event = event
    this.#context = context
    this.#headers = headersOf(event)
  }

  get method(): string {
    return this.#event.requestContext?.http?.method ?? this.#event.httpMethod ?? ""
  }

  header(name: string): string | undefined {
    return this.#headers.get(name)
  }

  /** A load balancer tells it only in a header, at whose end it puts its own peer. */
  address(): string | undefined {
    const { http, identity, elb } = this.#event.requestContext ?? {}
    if (elb) return this.header("x-forwarded-for")?.split(",").at(-1)?.trim()
    return http?.sourceIp ?? identity?.sourceIp
  }

  async body({ bytes }: BodyLimits): Promise<unknown> {
    const { body, isBase64Encoded } = this.#event
    const content = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8")
    if (content.length > bytes) throw new HookgramError("body_too_large", `The body has more than ${bytes} bytes.`)
    return content
  }

  timeLeft(): number {
    return Math.max(0, this.#context.getRemainingTimeInMillis() - MARGIN)
  }
}
