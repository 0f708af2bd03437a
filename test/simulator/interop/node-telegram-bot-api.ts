import { Bot, InputFile, MediaGroupBuilder, registerExpressWebhook, TelegramApiError } from "node-telegram-bot-api"
import type { BotSettings, InteropBot } from "./bot.ts"
import { article, nobody, picture, plans, report, words } from "./script.ts"

/** The bot as node-telegram-bot-api's documentation would write it. */
export function nodeTelegramBot({ token, apiRoot, saw }: BotSettings): InteropBot {
  const bot = new Bot(token, { apiRoot })
  const { api } = bot
  let polling: Promise<void> | undefined
  bot.use(async (ctx, next) => {
    if (saw(ctx.update)) await next()
  })
  bot.command("start", (ctx) =>
    ctx.reply(words.welcome(ctx.from?.first_name ?? ""), { parse_mode: "HTML", reply_markup: plans }),
  )
  bot.command("hello", (ctx) =>
    ctx.reply(words.hello(ctx.from?.first_name ?? "", ctx.chat?.title ?? ""), {
      reply_parameters: { message_id: ctx.message?.message_id ?? 0 },
    }),
  )
  bot.command("report", (ctx) =>
    api.sendDocument({
      chat_id: ctx.chatId ?? 0,
      document: new InputFile(report.bytes, { filename: report.name }),
      caption: report.caption,
    }),
  )
  bot.command("album", (ctx) =>
    api.sendMediaGroup({
      chat_id: ctx.chatId ?? 0,
      media: new MediaGroupBuilder()
        .photo({ media: new InputFile(picture, { filename: "one.png" }), caption: words.album })
        .photo({ media: new InputFile(picture, { filename: "two.png" }) })
        .build(),
    }),
  )
  bot.command("forget", (ctx) =>
    api.deleteMessage({ chat_id: ctx.chatId ?? 0, message_id: ctx.message?.message_id ?? 0 }),
  )
  bot.command("poll", (ctx) =>
    api.sendPoll({
      chat_id: ctx.chatId ?? 0,
      question: words.question,
      options: words.options.map((text) => ({ text })),
      is_anonymous: false,
    }),
  )
  bot.command("nobody", (ctx) =>
    api.sendMessage({ chat_id: nobody, text: "Anybody?" }).catch((error: unknown) => ctx.reply(refusal(error))),
  )
  // A 429 is waited out by the library.
  bot.command("busy", (ctx) => ctx.reply(words.atLast))
  bot.on("message", async (ctx, next) => {
    const photo = ctx.message?.photo?.at(-1)
    if (!photo) return next()
    const { file_path } = await api.getFile({ file_id: photo.file_id })
    const response = await fetch(`${apiRoot}/file/bot${token}/${file_path}`)
    await ctx.reply(words.received(Buffer.from(await response.arrayBuffer())))
  })
  bot.on("edited_message", (ctx) => ctx.reply(words.changed(ctx.editedMessage?.text ?? "")))
  bot.on("callback_query", async (ctx) => {
    const { data = "", message } = ctx.callbackQuery ?? {}
    const text = words.chosen(data)
    try {
      await api.editMessageText({
        chat_id: message?.chat.id ?? 0,
        message_id: message?.message_id ?? 0,
        text,
        reply_markup: plans,
      })
      await ctx.answerCallbackQuery({ text })
    } catch (error) {
      await ctx.answerCallbackQuery({ text: refusal(error), show_alert: true })
    }
  })
  bot.on("inline_query", (ctx) =>
    api.answerInlineQuery({
      inline_query_id: ctx.inlineQuery?.id ?? "",
      results: [article(ctx.inlineQuery?.query ?? "")],
      cache_time: 0,
    }),
  )
  bot.on("poll_answer", (ctx) => {
    const answer = "poll_answer" in ctx.update ? ctx.update.poll_answer : undefined
    return api.sendMessage({ chat_id: ctx.from?.id ?? 0, text: words.voted(answer?.option_ids ?? []) })
  })
  return {
    handler: bot,
    mount(app, path, secretToken) {
      registerExpressWebhook(bot, app, { path, secretToken })
    },
    poll(kinds) {
      polling = bot.startPolling(undefined, { allowedUpdates: kinds as never })
      return polling
    },
    async stop() {
      bot.stop()
      await polling
    },
    username: async () => (await api.getMe()).username,
    setWebhook: (url, secret_token, kinds) => api.setWebhook({ url, secret_token, allowed_updates: kinds as never }),
    deleteWebhook: () => api.deleteWebhook(),
    webhookUrl: async () => (await api.getWebhookInfo()).url,
  }
}

function refusal(error: unknown): string {
  if (!(error instanceof TelegramApiError)) throw error
  return words.failed(error.errorCode, error.description)
}
