import { createServer, type RequestListener } from "node:http"
import { type Applications, grammyBot, handler, path, secretToken, telegrafBot } from "./bot.ts"

export const applications: Applications = {
  bare: async () => {
    const { default: express } = await import("express")
    const app = express()
    app.use(express.json())
    // oxlint-disable-next-line no-async-endpoint-handlers -- Express 5 takes them
    app.post(path, async (req, res) => {
      if (req.get("x-telegram-bot-api-secret-token") !== secretToken) return void res.sendStatus(401)
      await handler(req.body)
      res.sendStatus(200)
    })
    return createServer(app as RequestListener)
  },

  hookgram: async () => {
    const { default: express } = await import("express")
    const { telegramWebhook } = await import("@hookgram/express")
    const app = express()
    app.use(telegramWebhook({ path, secretToken, handler }))
    app.use(express.json())
    return createServer(app as RequestListener)
  },

  "fast lane": async () => {
    const { default: express } = await import("express")
    const { telegramWebhook } = await import("@hookgram/node")
    const app = express()
    app.use(express.json())
    return createServer(telegramWebhook({ path, secretToken, handler }, app as RequestListener))
  },

  grammy: async () => {
    const { default: express } = await import("express")
    const { bot, webhookCallback } = await grammyBot()
    const app = express()
    app.use(express.json())
    app.post(path, webhookCallback(bot, "express", { secretToken }))
    return createServer(app as RequestListener)
  },

  telegraf: async () => {
    const { default: express } = await import("express")
    const bot = await telegrafBot()
    const app = express()
    app.use(bot.webhookCallback(path, { secretToken }))
    app.use(express.json())
    return createServer(app as RequestListener)
  },
}
