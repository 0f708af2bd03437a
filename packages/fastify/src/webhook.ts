import type { Webhook } from "@hookgram/core"
import { mount, type MountOptions, NodeRequest } from "@hookgram/node"
import type { FastifyPluginAsync, onRequestHookHandler } from "fastify"
import fastifyPlugin from "fastify-plugin"

declare module "fastify" {
  interface FastifyInstance {
    /** The webhooks that are registered, by their full path. */
    telegramWebhooks: Map<string, Webhook>
  }
}

const plugin: FastifyPluginAsync<MountOptions> = async (app, options) => {
  const { prefix = "", ...own } = options as MountOptions & { prefix?: string }
  const { webhook } = mount(own)
  const url = `${prefix}${own.path ?? ""}` || "/"
  if (!app.hasDecorator("telegramWebhooks")) app.decorate("telegramWebhooks", new Map())
  app.telegramWebhooks.set(`${app.prefix}${url}`, webhook)
  // Before Fastify closes its idle connections: one that a late answer leaves idle would hold the close up.
  app.addHook("preClose", () => webhook.close())
  // Answered in a hook ahead of Fastify's body parsers, so that there is none to replace.
  const onRequest: onRequestHookHandler = (request, reply) => {
    void webhook.receive(new NodeRequest(request.raw, request)).then(({ status, headers, body }) => {
      if (!reply.sent) void reply.code(status).headers(headers).send(body)
    })
  }
  app.all(url, { onRequest }, () => {})
}

/**
 * A webhook as a Fastify plugin: `app.telegramWebhooks` has it, and closing the application drains it.
 *
 * @throws HookgramError `invalid_options`, naming every field that is wrong
 * @example
 * await app.register(telegramWebhook, { path: "/telegram", secretToken, handler })
 */
export const telegramWebhook: FastifyPluginAsync<MountOptions> = fastifyPlugin(plugin, {
  fastify: "5.x",
  name: "@hookgram/fastify",
})
