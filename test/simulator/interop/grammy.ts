import { setTimeout as sleep } from "node:timers/promises"
import type { Update } from "@grammyjs/types"
import express from "express"
import { Bot, GrammyError, InputFile, InputMediaBuilder, webhookCallback } from "grammy"
import type { BotSettings, InteropBot } from "./bot.ts"
import { article, nobody, picture, plans, report, words } from "./script.ts"

/** The bot as grammY's documentation would write it. */
export function grammyBot({ token, apiRoot, saw }: BotSettings): InteropBot {
  const bot = new Bot(token, { client: { apiRoot } })
  bot.use(async (ctx, next) => {
    if (saw(ctx.update)) await next()
  })
  bot.command("start", (ctx) =>
    ctx.reply(words.welcome(ctx.from?.first_name ?? ""), { parse_mode: "HTML", reply_markup: plans }),
  )
  bot.command("hello", (ctx) =>
    ctx.reply(words.hello(ctx.from?.first_name ?? "", ctx.chat.title ?? ""), {
      reply_parameters: { message_id: ctx.msgId },
    }),
  )
  bot.command("report", (ctx) =>
    ctx.replyWithDocument(new InputFile(report.bytes, report.name), { caption: report.caption }),
  )
  bot.command("album", (ctx) =>
    ctx.replyWithMediaGroup([
      InputMediaBuilder.photo(new InputFile(picture, "one.png"), { caption: words.album }),
      InputMediaBuilder.photo(new InputFile(picture, "two.png")),
    ]),
  )
  bot.command("forget", (ctx) => ctx.deleteMessage())
  bot.command("poll", (ctx) => ctx.replyWithPoll(words.question, words.options, { is_anonymous: false }))
  bot.command("nobody", (ctx) =>
    ctx.api.sendMessage(nobody, "Anybody?").catch((error: unknown) => ctx.reply(refusal(error))),
  )
  bot.command("busy", async (ctx) => {
    try {
      await ctx.reply(words.atLast)
    } catch (error) {
      if (!(error instanceof GrammyError)) throw error
      await sleep((error.parameters.retry_after ?? 0) * 1000)
      await ctx.reply(words.atLast)
    }
  })
  bot.on("message:photo", async (ctx) => {
    const { file_path } = await ctx.getFile()
    const response = await fetch(`${apiRoot}/file/bot${token}/${file_path}`)
    await ctx.reply(words.received(Buffer.from(await response.arrayBuffer())))
  })
  bot.on("edited_message:text", (ctx) => ctx.reply(words.changed(ctx.editedMessage.text)))
  bot.on("callback_query:data", async (ctx) => {
    const text = words.chosen(ctx.callbackQuery.data)
    try {
      await ctx.editMessageText(text, { reply_markup: plans })
      await ctx.answerCallbackQuery(text)
    } catch (error) {
      await ctx.answerCallbackQuery({ text: refusal(error), show_alert: true })
    }
  })
  bot.on("inline_query", (ctx) => ctx.answerInlineQuery([article(ctx.inlineQuery.query)], { cache_time: 0 }))
  bot.on("poll_answer", (ctx) =>
    ctx.api.sendMessage(ctx.pollAnswer.user?.id ?? 0, words.voted(ctx.pollAnswer.option_ids)),
  )
  return {
    handler: bot,
    mount(app, path, secretToken) {
      app.use(path, express.json(), webhookCallback(bot, "express", { secretToken }))
    },
    poll: (kinds) => bot.start({ allowed_updates: kinds as Exclude<keyof Update, "update_id">[] }),
    stop: () => bot.stop(),
    username: async () => (await bot.api.getMe()).username,
    setWebhook: (url, secret_token, kinds) =>
      bot.api.setWebhook(url, { secret_token, allowed_updates: kinds as Exclude<keyof Update, "update_id">[] }),
    deleteWebhook: () => bot.api.deleteWebhook(),
    webhookUrl: async () => (await bot.api.getWebhookInfo()).url,
  }
}

function refusal(error: unknown): string {
  if (!(error instanceof GrammyError)) throw error
  return words.failed(error.error_code, error.description)
}
