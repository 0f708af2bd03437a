import { createHealth, type HealthOptions } from "@hookgram/node"
import type { FastifyPluginAsync, onRequestAsyncHookHandler } from "fastify"
import fastifyPlugin from "fastify-plugin"

const plugin: FastifyPluginAsync<HealthOptions> = async (app, options) => {
  const { prefix = "", ...own } = options as HealthOptions & { prefix?: string }
  const health = createHealth(own)
  const path = (own.path ?? "").replace(/\/$/, "")
  for (const view of ["", "/live", "/ready"]) {
    // Answered in a hook, as a webhook is: ahead of parsers that would refuse a body.
    const onRequest: onRequestAsyncHookHandler = async (request, reply) => {
      const { status, headers, body } = (await health.respond(request.method, path + view))!
      return reply.code(status).headers(headers).send(body)
    }
    app.all(`${prefix}${path}${view}` || "/", { onRequest }, () => {})
  }
}

/**
 * Health checks as a Fastify plugin: the report at `path`, `/live` and `/ready` below it.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * await app.register(healthHandler, { path: "/health", webhook, api })
 */
export const healthHandler: FastifyPluginAsync<HealthOptions> = fastifyPlugin(plugin, {
  fastify: "5.x",
  name: "@hookgram/fastify/health",
})
