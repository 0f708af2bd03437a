import { setTimeout as sleep } from "node:timers/promises"
import { Telegraf, TelegramError } from "telegraf"
import { callbackQuery, editedMessage, message } from "telegraf/filters"
import type { BotSettings, InteropBot } from "./bot.ts"
import { article, nobody, picture, plans, report, words } from "./script.ts"

/** The bot as Telegraf's documentation would write it. */
export function telegrafBot({ token, apiRoot, saw }: BotSettings): InteropBot {
  const bot = new Telegraf(token, { telegram: { apiRoot } })
  let polling: Promise<void> | undefined
  bot.use(async (ctx, next) => {
    if (saw(ctx.update)) await next()
  })
  bot.start((ctx) => ctx.replyWithHTML(words.welcome(ctx.from.first_name), { reply_markup: plans }))
  bot.command("hello", (ctx) =>
    ctx.reply(words.hello(ctx.from.first_name, "title" in ctx.chat ? ctx.chat.title : ""), {
      reply_parameters: { message_id: ctx.msgId },
    }),
  )
  bot.command("report", (ctx) =>
    ctx.replyWithDocument({ source: report.bytes, filename: report.name }, { caption: report.caption }),
  )
  bot.command("album", (ctx) =>
    ctx.replyWithMediaGroup([
      { type: "photo", media: { source: picture, filename: "one.png" }, caption: words.album },
      { type: "photo", media: { source: picture, filename: "two.png" } },
    ]),
  )
  bot.command("forget", (ctx) => ctx.deleteMessage())
  bot.command("poll", (ctx) => ctx.replyWithPoll(words.question, words.options, { is_anonymous: false }))
  bot.command("nobody", (ctx) =>
    ctx.telegram.sendMessage(nobody, "Anybody?").catch((error: unknown) => ctx.reply(refusal(error))),
  )
  bot.command("busy", async (ctx) => {
    try {
      await ctx.reply(words.atLast)
    } catch (error) {
      if (!(error instanceof TelegramError)) throw error
      await sleep((error.parameters?.retry_after ?? 0) * 1000)
      await ctx.reply(words.atLast)
    }
  })
  bot.on(message("photo"), async (ctx) => {
    const link = await ctx.telegram.getFileLink(ctx.message.photo.at(-1)?.file_id ?? "")
    const response = await fetch(link)
    await ctx.reply(words.received(Buffer.from(await response.arrayBuffer())))
  })
  bot.on(editedMessage("text"), (ctx) => ctx.reply(words.changed(ctx.editedMessage.text)))
  bot.on(callbackQuery("data"), async (ctx) => {
    const text = words.chosen(ctx.callbackQuery.data)
    try {
      await ctx.editMessageText(text, { reply_markup: plans })
      await ctx.answerCbQuery(text)
    } catch (error) {
      await ctx.answerCbQuery(refusal(error), { show_alert: true })
    }
  })
  bot.on("inline_query", (ctx) => ctx.answerInlineQuery([article(ctx.inlineQuery.query)], { cache_time: 0 }))
  bot.on("poll_answer", (ctx) =>
    ctx.telegram.sendMessage(ctx.pollAnswer.user?.id ?? 0, words.voted(ctx.pollAnswer.option_ids)),
  )
  return {
    handler: bot,
    mount(app, path, secretToken) {
      app.use(bot.webhookCallback(path, { secretToken }))
    },
    poll(kinds) {
      polling = bot.launch({ allowedUpdates: kinds as never })
      return polling
    },
    async stop() {
      bot.stop()
      await polling
    },
    username: async () => (await bot.telegram.getMe()).username,
    setWebhook: (url, secret_token, kinds) =>
      bot.telegram.setWebhook(url, { secret_token, allowed_updates: kinds as never }),
    deleteWebhook: () => bot.telegram.deleteWebhook(),
    webhookUrl: async () => (await bot.telegram.getWebhookInfo()).url,
  }
}

function refusal(error: unknown): string {
  if (!(error instanceof TelegramError)) throw error
  return words.failed(error.code, error.description)
}
