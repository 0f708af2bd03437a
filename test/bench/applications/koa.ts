import { createServer } from "node:http"
import { type Applications, grammyBot, handler, path, secretToken } from "./bot.ts"

export const applications: Applications = {
  bare: async () => {
    const { default: Koa } = await import("koa")
    const { bodyParser } = await import("@koa/bodyparser")
    const app = new Koa()
    app.use(bodyParser())
    app.use(async (ctx, next) => {
      if (ctx.method !== "POST" || ctx.path !== path) return next()
      if (ctx.get("x-telegram-bot-api-secret-token") !== secretToken) {
        ctx.status = 401
        return
      }
      await handler(ctx.request.body)
      ctx.status = 200
    })
    return createServer(app.callback())
  },

  hookgram: async () => {
    const { default: Koa } = await import("koa")
    const { bodyParser } = await import("@koa/bodyparser")
    const { telegramWebhook } = await import("@hookgram/koa")
    const app = new Koa()
    app.use(telegramWebhook({ path, secretToken, handler }))
    app.use(bodyParser())
    return createServer(app.callback())
  },

  "fast lane": async () => {
    const { default: Koa } = await import("koa")
    const { bodyParser } = await import("@koa/bodyparser")
    const { telegramWebhook } = await import("@hookgram/node")
    const app = new Koa()
    app.use(bodyParser())
    return createServer(telegramWebhook({ path, secretToken, handler }, app.callback()))
  },

  grammy: async () => {
    const { default: Koa } = await import("koa")
    const { bodyParser } = await import("@koa/bodyparser")
    const { bot, webhookCallback } = await grammyBot()
    const callback = webhookCallback(bot, "koa", { secretToken })
    const app = new Koa()
    app.use(bodyParser())
    app.use(async (ctx, next) => {
      if (ctx.method !== "POST" || ctx.path !== path) return next()
      await callback(ctx)
    })
    return createServer(app.callback())
  },
}
