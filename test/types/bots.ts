/** Bots of other libraries fit as `handler` as they are, without a cast. Never run: the compiler is the test. */
import { type BotLike, createWebhook } from "@hookgram/core"
import { telegramWebhook as onExpress } from "@hookgram/express"
import { telegramWebhook as onFastify } from "@hookgram/fastify"
import { telegramWebhook as onKoa } from "@hookgram/koa"
import { telegramWebhook as onNode } from "@hookgram/node"
import Fastify from "fastify"
import { Bot, type Context, type SessionFlavor } from "grammy"
import { Telegraf, type Context as TelegrafContext } from "telegraf"
import { expectTypeOf } from "vitest"

type SessionContext = Context & SessionFlavor<{ readonly count: number }>

const secretToken = "secret"
const bots = {
  grammy: new Bot("1:a"),
  grammyWithFlavor: new Bot<SessionContext>("1:a"),
  telegraf: new Telegraf("1:a"),
  telegrafWithContext: new Telegraf<TelegrafContext & { readonly count: number }>("1:a"),
  own: { handleUpdate: async (update: { update_id: number }): Promise<number> => update.update_id },
}

for (const handler of [bots.grammy, bots.grammyWithFlavor, bots.telegraf, bots.telegrafWithContext, bots.own]) {
  createWebhook({ secretToken, handler })
  onExpress({ path: "/telegram", secretToken, handler })
  onKoa({ path: "/telegram", secretToken, handler })
  onNode({ path: "/telegram", secretToken, handler })
  await Fastify().register(onFastify, { path: "/telegram", secretToken, handler })
}

// One by one, too: a list gives them all one type.
createWebhook({ secretToken, handler: bots.grammy })
createWebhook({ secretToken, handler: bots.grammyWithFlavor })
createWebhook({ secretToken, handler: bots.telegraf })
createWebhook({ secretToken, handler: bots.telegrafWithContext })
expectTypeOf(bots).toExtend<Record<string, BotLike>>()

// @ts-expect-error a bot has handleUpdate
createWebhook({ secretToken, handler: { handle: () => {} } })
// @ts-expect-error and it is a function
createWebhook({ secretToken, handler: { handleUpdate: true } })
