import type { RequestListener } from "node:http"
import { mount, type MountOptions } from "@hookgram/core"
import { clientAddress, type ProxyOptions } from "./forwarded.ts"
import { notFound } from "./not-found.ts"
import { NodeRequest } from "./request.ts"
import { respond } from "./respond.ts"

/**
 * A webhook for `node:http`, alone or in front of an application of any framework, whose machinery the webhook's requests
 * then never enter: the fastest way to mount one.
 *
 * @param app where other paths go; without it they get 404
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * createServer(telegramWebhook({ path: "/telegram", secretToken, handler }, app)).listen(8080)
 */
export function telegramWebhook(
  options: MountOptions & ProxyOptions,
  app: RequestListener = notFound,
): RequestListener {
  const { trustedProxies, ...others } = options ?? {}
  const { webhook, matches } = mount(others)
  const addressOf = clientAddress({ trustedProxies })
  return (request, response) => {
    if (!matches(request.url)) return app(request, response)
    void webhook
      .receive(new NodeRequest(request, { ip: addressOf(request) }))
      .then((answer) => respond(response, answer))
  }
}
