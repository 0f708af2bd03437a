import { mount, type MountOptions } from "@hookgram/core"
import { notFound, targetOf } from "./target.ts"
import { FetchRequest, type RequestHost } from "./request.ts"

/** A function that answers requests, as Workers, Bun, Deno and the routes of Hono and Next take it. */
export type FetchHandler = (request: Request, host?: RequestHost) => Response | Promise<Response>

/**
 * A webhook as a function from `Request` to `Response`. Give it the host's `waitUntil` as a second argument where the
 * host stops after the answer; where a process goes on, as with Bun, Deno and Node, nothing is needed.
 *
 * @param app where other paths go; without it they get 404
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * const webhook = telegramWebhook({ path: "/telegram", secretToken, handler })
 * const response = await webhook(new Request("https://bot.example/telegram", { method: "POST", body: "{}" }))
 */
export function telegramWebhook(
  options: MountOptions,
  app: FetchHandler = notFound,
): (request: Request, host?: RequestHost) => Promise<Response> {
  const { webhook, matches } = mount(options)
  return async (request, host = {}) => {
    if (!matches(targetOf(request.url))) return app(request, host)
    const { status, headers, body } = await webhook.receive(new FetchRequest(request, host))
    return new Response(body, { status, headers })
  }
}
