import { mount, type MountOptions, NodeRequest, respond } from "@hookgram/node"
import type { Middleware, Request } from "koa"

/**
 * A webhook as Koa middleware, for Koa 2 and 3: with `use` and a `path`, or on a route of a router.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * app.use(telegramWebhook({ path: "/telegram", secretToken, handler }))
 */
export function telegramWebhook(options: MountOptions): Middleware {
  const { webhook, matches } = mount(options)
  return async (ctx, next) => {
    if (!matches(ctx.url)) return next()
    ctx.respond = false // Koa's own way to an answer without a body costs a fifth of the request: decision 10
    const request: Request & { body?: unknown } = ctx.request // `body` is what a parser adds
    respond(ctx.res, await webhook.receive(new NodeRequest(ctx.req, request)))
  }
}
