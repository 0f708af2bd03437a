import { createHealth, type HealthOptions } from "@hookgram/core"
import { notFound, targetOf } from "./target.ts"
import type { FetchHandler } from "./webhook.ts"

/**
 * Health checks as a function from `Request` to `Response`: the report at `path`, `/live` and `/ready` below it.
 *
 * @param app where other paths go; without it they get 404
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * const health = healthHandler({ path: "/health", webhook, api })
 * const response = await health(new Request("https://bot.example/health"))
 */
export function healthHandler(options: HealthOptions, app: FetchHandler = notFound): FetchHandler {
  const health = createHealth(options)
  return async (request, host) => {
    const answer = await health.respond(request.method, targetOf(request.url))
    if (!answer) return app(request, host)
    const { status, headers, body } = answer
    return new Response(request.method === "HEAD" ? undefined : body, { status, headers })
  }
}
