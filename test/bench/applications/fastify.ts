import type { FastifyInstance } from "fastify"
import type { Server } from "node:http"
import { type Applications, grammyBot, handler, path, secretToken } from "./bot.ts"

async function serverOf(app: FastifyInstance): Promise<Server> {
  await app.ready()
  return app.server
}

export const applications: Applications = {
  bare: async () => {
    const { fastify } = await import("fastify")
    const app = fastify()
    app.post(path, async (request, reply) => {
      if (request.headers["x-telegram-bot-api-secret-token"] !== secretToken) return reply.code(401).send()
      await handler(request.body)
      return reply.send()
    })
    return serverOf(app)
  },

  hookgram: async () => {
    const { fastify } = await import("fastify")
    const { telegramWebhook } = await import("@hookgram/fastify")
    const app = fastify()
    await app.register(telegramWebhook, { path, secretToken, handler })
    return serverOf(app)
  },

  grammy: async () => {
    const { fastify } = await import("fastify")
    const { bot, webhookCallback } = await grammyBot()
    const app = fastify()
    app.post(path, webhookCallback(bot, "fastify", { secretToken }))
    return serverOf(app)
  },
}
