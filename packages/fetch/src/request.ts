import { type BodyLimits, HookgramError, type WebhookRequest } from "@hookgram/core"
import { readBody } from "./body.ts"

/** What the host of a function knows beside the request: Workers' `ctx` and Hono's `c.executionCtx` fit as they are. */
export interface RequestHost {
  /** Keeps the host from stopping what goes on after the answer: the rest of a run whose `deadline` has passed. */
  waitUntil?(rest: Promise<void>): void
  /** The peer's IP address, for `allowedAddresses`: from a header that the host itself sets, such as `cf-connecting-ip`. */
  readonly address?: string | undefined
}

/**
 * A fetch `Request` as the core sees it.
 *
 * @example
 * const { status, headers, body } = await webhook.receive(new FetchRequest(request, {}))
 * const response = new Response(body, { status, headers })
 */
export class FetchRequest implements WebhookRequest {
  readonly #request: Request
  readonly #host: RequestHost

  constructor(request: Request, host: RequestHost) {
    this.#request = request
    this.#host = host
  }

  get method(): string {
    return this.#request.method
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined
  }

  address(): string | undefined {
    return this.#host.address
  }

  async body(limits: BodyLimits): Promise<unknown> {
    const { body, bodyUsed } = this.#request
    if (bodyUsed || body?.locked) {
      throw new HookgramError(
        "body_consumed",
        "Something in front of the webhook has read the request's body: mount the webhook ahead of it, or let it read `request.clone()`.",
      )
    }
    return body ? readBody(body, limits) : ""
  }

  /** Says to the core that a host may stop at the answer, also where this one has nothing to keep it from that. */
  waitUntil(rest: Promise<void>): void {
    this.#host.waitUntil?.(rest)
  }
}
