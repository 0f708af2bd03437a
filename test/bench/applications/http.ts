import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import { type Applications, grammyBot, handler, path, secretToken, telegrafBot } from "./bot.ts"

function readJson(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("error", reject)
    request.on("end", () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString()))
      } catch (error) {
        reject(error as Error)
      }
    })
  })
}

export const applications: Applications = {
  bare: async () =>
    createServer(async (request, response) => {
      try {
        if (request.method !== "POST" || request.url !== path) response.statusCode = 404
        else if (request.headers["x-telegram-bot-api-secret-token"] !== secretToken) response.statusCode = 401
        else await handler(await readJson(request))
      } catch {
        response.statusCode = 500
      }
      response.end()
    }),

  hookgram: async () => {
    const { telegramWebhook } = await import("@hookgram/node")
    return createServer(telegramWebhook({ path, secretToken, handler }))
  },

  grammy: async () => {
    const { bot, webhookCallback } = await grammyBot()
    const callback = webhookCallback(bot, "http", { secretToken })
    return createServer((request, response) => {
      if (request.method === "POST" && request.url === path) return void callback(request, response)
      response.statusCode = 404
      response.end()
    })
  },

  telegraf: async () => {
    const bot = await telegrafBot()
    return createServer(bot.webhookCallback(path, { secretToken }) as RequestListener)
  },
}
