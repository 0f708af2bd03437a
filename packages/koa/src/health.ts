import { createHealth, type HealthOptions, respond } from "@hookgram/node"
import type { Middleware } from "koa"

/**
 * Health checks as Koa middleware: the report at `path`, `/live` and `/ready` below it.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * app.use(healthHandler({ path: "/health", webhook, api }))
 */
export function healthHandler(options: HealthOptions): Middleware {
  const health = createHealth(options)
  return async (ctx, next) => {
    const answer = health.respond(ctx.method, ctx.url)
    if (!answer) return next()
    ctx.respond = false // else Koa would make 204 of what has no body
    respond(ctx.res, await answer)
  }
}
