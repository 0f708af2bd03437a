import { mount, type MountOptions, NodeRequest, respond } from "@hookgram/node"
import type { RequestHandler } from "express"

/**
 * A webhook as Express middleware, for Express 4 and 5: with `use` and a `path`, or on a route of its own. Ahead of
 * `express.json()` or behind it.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * app.use(telegramWebhook({ path: "/telegram", secretToken, handler }))
 */
export function telegramWebhook(options: MountOptions): RequestHandler {
  const { webhook, matches } = mount(options)
  return (req, res, next) => {
    if (!matches(req.url)) return next()
    void webhook.receive(new NodeRequest(req, req)).then((answer) => respond(res, answer))
  }
}
