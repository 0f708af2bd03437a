import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import { mount, type MountOptions } from "@hookgram/core"
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
export function telegramWebhook(options: MountOptions, app: RequestListener = notFound): RequestListener {
  const { webhook, matches } = mount(options)
  return (request, response) => {
    if (!matches(request.url)) return app(request, response)
    void webhook
      .receive(new NodeRequest(request, { ip: request.socket.remoteAddress }))
      .then((answer) => respond(response, answer))
  }
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { "content-length": "0" }).end()
}
