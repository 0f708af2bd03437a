import type { IncomingMessage } from "node:http"
import { Readable } from "node:stream"
import { type BodyLimits, HookgramError, type WebhookRequest } from "@hookgram/core"
import { readBody } from "./body.ts"

/** What a framework's own request object knows beside Node's: Express's `req`, Koa's `ctx.request` and Fastify's `request` all fit. */
export interface FrameworkRequest {
  /** The peer's address, as far as the framework trusts its proxies. */
  readonly ip?: string | undefined
  /** What a body parser has left, if one has run. */
  readonly body?: unknown
}

/**
 * Node's request as the core sees it.
 *
 * @example
 * const response = await webhook.receive(new NodeRequest(req, { ip: req.socket.remoteAddress }))
 */
export class NodeRequest implements WebhookRequest {
  readonly #raw: IncomingMessage
  readonly #framework: FrameworkRequest

  constructor(raw: IncomingMessage, framework: FrameworkRequest) {
    this.#raw = raw
    this.#framework = framework
  }

  get method(): string {
    return this.#raw.method ?? ""
  }

  header(name: string): string | undefined {
    const value = this.#raw.headers[name]
    return typeof value === "object" ? value.join(", ") : value
  }

  address(): string | undefined {
    return this.#framework.ip
  }

  body(limits: BodyLimits): Promise<unknown> {
    const raw = this.#raw
    // A parser leaves a body behind also when it did not read this one (Express 4: `{}`), so ask the stream.
    if (!raw.readableDidRead && !raw.readableEnded) return readBody(raw, limits)
    const { body } = this.#framework
    if (body instanceof Readable) return readBody(body, limits)
    if (body !== undefined && body !== null) return Promise.resolve(body)
    return Promise.reject(
      new HookgramError(
        "body_consumed",
        "Something in front of the webhook has read the request's body and left nothing in `body`: mount the webhook ahead of it.",
      ),
    )
  }
}
