import type { BotLike, Update } from "@hookgram/core"
import { Bot } from "grammy"
import { Telegraf } from "telegraf"
import { callbackQuery, message } from "telegraf/filters"
import { type BotApi, botToken } from "../support/bot-api.ts"

/** Run by a bot's first middleware, for each update. */
export type Middleware = (update: Update) => unknown

/** A bot library under test. */
export interface Library {
  readonly name: string
  /**
   * A bot that welcomes on /start, says texts back, answers buttons with their data and inline queries with one article,
   * all through the library's own API client.
   */
  bot(api: BotApi, first?: Middleware): BotLike
}

const article = (query: string) => ({
  type: "article" as const,
  id: "1",
  title: query,
  input_message_content: { message_text: query },
})

export function grammyBot(api: BotApi, first: Middleware = () => {}): Bot {
  const bot = new Bot(botToken, { client: { apiRoot: api.root, canUseWebhookReply: () => true } })
  bot.use(async (ctx, next) => {
    await first(ctx.update)
    await next()
  })
  bot.command("start", (ctx) => ctx.reply("Welcome"))
  bot.on("message:text", (ctx) => ctx.reply(ctx.message.text))
  bot.on("callback_query:data", (ctx) => ctx.answerCallbackQuery(ctx.callbackQuery.data))
  bot.on("inline_query", (ctx) => ctx.answerInlineQuery([article(ctx.inlineQuery.query)]))
  return bot
}

export function telegrafBot(
  api: BotApi,
  first: Middleware = () => {},
  options: Partial<Telegraf.Options<never>> = {},
): Telegraf {
  const bot = new Telegraf(botToken, { telegram: { apiRoot: api.root, webhookReply: true }, ...(options as object) })
  bot.use(async (ctx, next) => {
    await first(ctx.update as Update)
    await next()
  })
  bot.start((ctx) => ctx.reply("Welcome"))
  bot.on(message("text"), (ctx) => ctx.reply(ctx.message.text))
  bot.on(callbackQuery("data"), (ctx) => ctx.answerCbQuery(ctx.callbackQuery.data))
  bot.on("inline_query", (ctx) => ctx.answerInlineQuery([article(ctx.inlineQuery.query)]))
  // Telegraf's own handler throws as well, but prints the update and sets the exit code of the process first.
  bot.catch((error) => {
    throw error
  })
  return bot
}

export const libraries: readonly Library[] = [
  { name: "grammY", bot: grammyBot },
  { name: "Telegraf", bot: telegrafBot },
]
