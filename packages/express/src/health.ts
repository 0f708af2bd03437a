import { createHealth, type HealthOptions, respond } from "@hookgram/node"
import type { RequestHandler } from "express"

/**
 * Health checks as Express middleware: the report at `path`, `/live` and `/ready` below it.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * app.use(healthHandler({ path: "/health", webhook, api }))
 */
export function healthHandler(options: HealthOptions): RequestHandler {
  const health = createHealth(options)
  return (req, res, next) => {
    const answer = health.respond(req.method, req.url)
    if (!answer) return next()
    void answer.then((each) => respond(res, each))
  }
}
