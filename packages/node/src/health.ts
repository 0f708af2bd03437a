import type { RequestListener } from "node:http"
import { createHealth, type HealthOptions } from "@hookgram/core"
import { notFound } from "./not-found.ts"
import { respond } from "./respond.ts"

/**
 * Answers health checks on `node:http`: see {@link createHealth}.
 *
 * @param app where other paths go; without it they get 404
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * createServer(healthHandler({ path: "/health", webhook, api }, app)).listen(8080)
 */
export function healthHandler(options: HealthOptions, app: RequestListener = notFound): RequestListener {
  const health = createHealth(options)
  return (request, response) => {
    const answer = health.respond(request.method ?? "", request.url)
    if (!answer) return app(request, response)
    void answer.then((each) => respond(response, each))
  }
}
